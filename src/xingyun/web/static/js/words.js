// What the scripts say, in Chinese; English stands beside it. A test holds both lists equal.
const ENGLISH = {
  "浅色": "Light",
  "深色": "Dark",
  "关闭": "Close",
  "以上为说明，以通知原文为准。": "An explanation only; the notice itself prevails.",
  "在通知里看这一条": "See this clause in the notice",
  "还可写 {n} 字": "{n} characters left",
  "超出 {n} 字": "{n} characters too many",
  "是不是 {sign}？": "Is it {sign}?",
  "请改成数字或大写字母。": "Use a digit or a capital letter instead.",
  "第 {at} 位的“{sign}”不会出现在代码里，{hint}": "“{sign}” in place {at} never occurs in a code. {hint}",
  "填了 {n} 位，还差 {rest} 位。": "{n} characters typed, {rest} to go.",
  "代码是 18 位，多了 {n} 位。": "A code has 18 characters; this one has {n} too many.",
  "前 17 位算出的校验码是 {due}，这里是 {got}。多半有一位抄错或两位颠倒，请对照执照。":
    "The first 17 characters give the check character {due}, but this ends in {got}. Probably one is wrong or two are swapped; compare with the licence.",
  "18 位，校验码对得上。": "18 characters, the check character fits.",
  "{time} 已自动保存": "Saved at {time}",
  "没有连上，刚写的内容留在这台电脑上，连上后自动补存。":
    "No connection. What you wrote is kept on this computer and will be saved once the connection is back.",
  "登录已过期，刚写的内容留在这台电脑上。重新登录后自动补存。":
    "Your session has ended. What you wrote is kept on this computer and will be saved after you sign in again.",
  "重新登录": "Sign in again",
  "这一项没有存上：{reason}": "This field was not saved: {reason}",
  "服务器没有答复（{status}），内容留在这台电脑上，稍后再试。":
    "The server did not answer ({status}). The text is kept on this computer and will be tried again.",
  "现在登录的是另一个账号。请用原来的账号重新登录。": "Another account is signed in now. Please sign in again with your own.",
  "申请表里已没有这一栏，下面这段没有存上，也不再补存。需要的话请抄到别的栏里。":
    "The form no longer has this field. The text below was not saved and will not be sent again. Copy it into another field if you need it.",
  "另一个人刚改过这一项，两份都在，请选一份。": "Somebody else has just changed this field. Both texts are here; choose one.",
  "对方填的": "Theirs",
  "您填的": "Yours",
  "（空）": "(empty)",
  "用对方填的": "Use theirs",
  "用我填的": "Use mine",
  "已补存上次没有存上的 {n} 项": "{n} unsaved fields from last time are now saved",
  "还有 {n} 项没有存到服务器。退出后，这台电脑上不再保留它们。仍要退出吗？":
    "{n} fields are not saved on the server yet. After signing out they are no longer kept on this computer. Sign out anyway?",
  "已传 {percent}%，{done} / {total} MB": "{percent}% sent, {done} of {total} MB",
  "已传完，正在核对": "Sent; checking",
  "{name} 已传 {percent}%": "{name}: {percent}% sent",
  "已收好": "Received",
  "暂停": "Pause",
  "继续": "Resume",
  "再试一次": "Try again",
  "连接断了，已传的部分还在。连上后可以从断点接着传。": "The connection broke. What was sent is kept; it can be resumed from there.",
  "文件有 {size} MB，单个不能超过 {limit} MB。请压缩或分成几份。其他文件不受影响。":
    "The file has {size} MB; the limit is {limit} MB. Compress it or split it. Other files are not affected.",
  "文件有 {size} MB，全部材料合计只剩 {left} MB。请压缩，或先移除不需要的文件。其他文件不受影响。":
    "The file has {size} MB; only {left} MB are left for all files together. Compress it, or remove files you do not need first. Other files are not affected.",
  "连接断了，正在重新连接（第 {n} 次）。已传的部分还在。":
    "The connection broke; connecting again (attempt {n}). What was sent is kept.",
  "上次传到 {percent}%，没有传完。再选一次这个文件，从这里接着传。":
    "Last time {percent}% was sent. Choose this file once more to go on from there.",
  "不要了": "Discard",
  "移动 {name}：按上下方向键，或拖动": "Move {name}: press the arrow keys up and down, or drag",
  "“{name}”移到第 {at} 位，共 {all} 份": "“{name}” is now number {at} of {all}",
  "没有移成，顺序还是原来的。请再试一次。": "It was not moved; the order is as before. Please try again.",
  "已在最前": "Already the first",
  "已在最后": "Already the last",
  "没有收下：{reason}": "Not accepted: {reason}",
  "服务器没有收下这个文件（{status}）。请再试一次，其他文件不受影响。":
    "The server did not take this file ({status}). Please try again; other files are not affected.",
  "{done} 个已收好，{open} 个处理中，{bad} 个要您处理": "{done} received, {open} in progress, {bad} need you",
  "进度没有取到，稍后自动再取。": "Progress could not be read; it will be tried again.",
  "添加": "Add",
  "去掉 {name}": "Remove {name}",
  "没有找到，请换个词，或直接填四位代码。": "Nothing found. Try another word, or type the four-digit code.",
  "行业没有查到，可能连接断了。请改一个字或按向下键再查，也可以直接填四位代码。":
    "The industries could not be looked up; the connection may be down. Change a character or press the down arrow to try again, or type the four-digit code.",
  "找到 {n} 个": "{n} found",
  "已截止": "Closed",
  "还有 {d} 天 {h} 小时": "{d} days {h} hours left",
  "还有 {h} 小时 {m} 分钟": "{h} hours {m} minutes left",
  "还有 {m} 分 {s} 秒": "{m} min {s} s left",
  "离截止不到 24 小时。请留出打印、盖章、扫描的时间。":
    "Less than 24 hours to go. Leave time to print, seal and scan.",
  "离截止不到 1 小时。请先核对并提交，受理前仍可撤回。":
    "Less than an hour to go. Check and submit first; until acceptance you may still withdraw.",
  "离截止不到 10 分钟。点提交时没有过截止时间的，都算按时。":
    "Less than 10 minutes to go. A submission that reaches us before the close is in time.",
  "已经截止，不能再提交。填的内容都在。": "Closed; nothing more can be submitted. What you filled in is kept.",
  "截止时间改了：{due}。": "The date has changed: {due}.",
  "这份申请刚有变化，可能已由同事提交。请刷新页面再看。":
    "This application has just changed; a colleague may have submitted it. Please reload.",
  "预览没有取到，改一个字再试。": "The preview could not be read. Change a character to try again.",
  "打开快捷键": "Turn the keys on",
  "关掉快捷键": "Turn the keys off",
};

const english = document.documentElement.lang.startsWith("en");

/** The sentence in the page's language, its {names} filled in. */
export function t(text, values = {}) {
  const said = english ? ENGLISH[text] ?? text : text;
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
