"""Personal data of nobody, planted where people type it; it must come up only where it belongs."""

PERSON = "鹤鸣皋"
CONTACT = "岳望舒"
MOBILE = "13955517701"
OFFICE_PHONE = "0531-55517702"
EMAIL = "canary-7703@example.com"
ADDRESS = "工业北路 7704 号 3 单元 502 室"
IDENTITY = "999999199001017705"
TEXT = f"我公司把订单系统搬上了云。联系人身份证 {IDENTITY}，住 {ADDRESS}。"
REPLY = f"已改，请电 {CONTACT} {MOBILE}。"
OBJECTOR = "卫问渠"
OBJECTOR_PHONE = "13955517706"
OBJECTION = "这家企业去年已经搬走，我就在隔壁上班。"

CLAIMANT = "窦归尘"
CLAIMANT_PHONE = "13955517708"

BEARER = "邬远帆"

CONFIRMER = "桑采薇"
CONFIRMER_PHONE = "13955517709"
CONFIRMER_ADDRESS = "canary-7710@provider.example"

# What the application form's fields take, by their kind.
BY_KIND = {"person": CONTACT, "phone": OFFICE_PHONE, "email": EMAIL, "address": ADDRESS}
# Of the applicant: for itself and for the offices that have its application.
APPLICANT = (PERSON, CONTACT, MOBILE, OFFICE_PHONE, EMAIL, ADDRESS, IDENTITY)
# Of who objects: for the publishing office alone.
OBJECTING = (OBJECTOR, OBJECTOR_PHONE)
# Of who claims a registered enterprise: for the office that rules, not for the present people.
CLAIMING = (CLAIMANT, CLAIMANT_PHONE)
# Of who brings a booklet: for the office that takes it in.
BRINGING = (BEARER,)
# Of who confirms for a provider: the phone is for the offices, the rest for the applicant, too.
CONFIRMING = (CONFIRMER, CONFIRMER_ADDRESS)
ALL = (*APPLICANT, *OBJECTING, *CLAIMING, *BRINGING, *CONFIRMING, CONFIRMER_PHONE)
