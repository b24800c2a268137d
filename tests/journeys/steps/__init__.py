"""What people do on the pages, each as a person would: by labels, links and buttons."""
