/* The catalogues of the registrar in the mind: one service, every kind of question, and one that lacks the first's. */
#ifndef FUZZ_VISITS_CATALOGUE_H
#define FUZZ_VISITS_CATALOGUE_H

#define T(text) "{\"uz\":\"" text "\",\"uz-Cyrl\":\"" text "\",\"ru\":\"" text "\",\"en\":\"" text "\"}"
#define SERVICE_THAT(id, group, form, more)                                                                            \
    "{\"id\":\"" id "\",\"group\":\"" group                                                                            \
    "\",\"icon\":\"doc\",\"order\":10,\"titles\":" T(id) ",\"help\":" T("What one gets") ",\"contains\":[" T(          \
        "A line") "],\"whom\":" T("All") ",\"for\":[{\"is\":\"status\",\"in\":[\"11\"]}],\"form\":[" form "],"         \
                                         "\"yields\":{\"document\":\"" id                                              \
                                         "\",\"languages\":[\"uz\",\"en\"]},\"source\":\"ours\","                      \
                                         "\"promise\":{\"working_hours\":0},\"limit\":{"                               \
                                         "\"day\":3},\"repeat\":\"always\"" more "}"
#define SERVICE(id, group, form) SERVICE_THAT(id, group, form, "")
#define THROUGH                  ",\"through\":{\"units\":[\"dean\"],\"hand_out\":\"window\",\"blank\":\"record\"}"
#define PAID                     ",\"fee\":412000"
#define CHOICE(id)               "{\"id\":\"" id "\",\"label\":" T(id) "}"
#define WHOM                                                                                                           \
    "{\"id\":\"receiver\",\"type\":\"choice\",\"required\":true,\"label\":" T(                                         \
        "Whom is it for?") ",\"choices\":[" CHOICE("any") "," CHOICE("bank") "," CHOICE("other") "]}"
/* An answer that leads elsewhere, and one that leaves one language. */
#define NAME                                                                                                           \
    "{\"id\":\"name\",\"type\":\"choice\",\"required\":true,\"shows\":\"student.passport_name\",\"label\":" T(         \
        "Is it yours?") ",\"choices\":[" CHOICE("yes") ",{\"id\":\"no\",\"label\":" T("no") ",\"sets\":{\"service\":"  \
                                                                                            "\"record\"}},{\"id\":"    \
                                                                                            "\"abroad\",\"label\":" T( \
                                                                                                "abroad") ",\"sets\":" \
                                                                                                          "{\"languag" \
                                                                                                          "es\":["     \
                                                                                                          "\"en\"],"   \
                                                                                                          "\"valid_"   \
                                                                                                          "days\":90," \
                                                                                                          "\"copies\"" \
                                                                                                          ":1}}]}"
#define PLACE                                                                                                          \
    "{\"id\":\"place\",\"type\":\"text\",\"required\":true,\"quoted\":true,\"least\":3,\"most\":80,\"label\":" T(      \
        "Which place?") ",\"when\":{\"equals\":[\"receiver\",\"other\"]}}"
#define COPIES                                                                                                         \
    "{\"id\":\"count\",\"type\":\"number\",\"required\":false,\"least\":1,\"most\":9,\"label\":" T("How many?") "}"
#define SINCE                                                                                                          \
    "{\"id\":\"since\",\"type\":\"date\",\"required\":true,\"least\":-3650,\"most\":0,\"label\":" T("Since when?") "}"

#define WHERE                                                                                                          \
    "{\"id\":\"where\",\"type\":\"choice\",\"required\":true,\"label\":" T("Where?") ",\"choices\":[" CHOICE(          \
        "andija"                                                                                                       \
        "n") "," CHOICE("bukhara") "," CHOICE("fergana") "," CHOICE("jizzakh") "," CHOICE("khorezm") "," CHOICE("nama" \
                                                                                                                "nga"  \
                                                                                                                "n") "," CHOICE("navoi") "," CHOICE("samarkand") "," CHOICE("tashkent") "]}"
#define DAYS                                                                                                           \
    "{\"id\":\"days\",\"type\":\"several\",\"required\":true,\"least\":1,\"most\":2,\"label\":" T(                     \
        "Which days?") ",\"choices\":[" CHOICE("mon") "," CHOICE("tue") "," CHOICE("wed") "]}"
#define MAIL "{\"id\":\"mail\",\"type\":\"email\",\"required\":true,\"most\":40,\"label\":" T("Whose address?") "}"
#define PHONE                                                                                                          \
    "{\"id\":\"phone\",\"type\":\"phone\",\"label\":" T("Whose phone?") ",\"when\":{\"equals\":[\"days\",\"tue\"]}}"
#define SUM "{\"id\":\"sum\",\"type\":\"number\",\"least\":-100,\"most\":1000000,\"label\":" T("How much?") "}"

#define DEBTS                                                                                                          \
    "{\"id\":\"subjects\",\"type\":\"several\",\"from\":\"debts\",\"required\":true,\"least\":1,\"label\":" T(         \
        "Which subjects?") "}"
#define UNTIL                                                                                                          \
    "{\"id\":\"until\",\"type\":\"date\",\"required\":true,\"least\":-3650,\"most\":0,\"after\":\"since\","            \
    "\"label\":" T("Until when?") "}"
#define PROOF    "{\"id\":\"proof\",\"type\":\"paper\",\"required\":true,\"label\":" T("Which paper?") "}"
#define SURNAME  "{\"id\":\"surname\",\"type\":\"text\",\"required\":true,\"most\":60,\"label\":" T("Who?") "}"
#define PASSPORT "{\"id\":\"passport\",\"type\":\"passport\",\"required\":true,\"label\":" T("Which passport?") "}"
#define APPLICATION(id, form)                                                                                          \
    "{\"id\":\"" id "\",\"group\":\"applications\",\"icon\":\"doc\",\"order\":10,\"titles\":" T(id) ",\"help\":" T(    \
        "What one gets") ",\"whom\":" T("All") ",\"for\":[{\"is\":\"status\",\"in\":[\"11\"]}],\"form\":[" form        \
                                               "],\"yields\":{\"application\":\"order\"},\"source\":\"ours\","         \
                                               "\"promise\":{\"working_hours\":8},\"fee\":0,\"limit\":{\"day\":3},"    \
                                               "\"repeat\":\"always\",\"through\":{\"units\":[\"dean\"],"              \
                                               "\"hand_out\":\"window\"}}"

/* The second has more groups and every kind of question, the third lacks the first's service. */
static const char *const catalogue_texts[3] = {
    "{\"services\":[" SERVICE("certificate-of-study", "documents", WHOM "," PLACE) "]}",
    "{\"services\":[" SERVICE("certificate-of-study", "documents", WHOM "," PLACE) "," SERVICE("transcript", "documents", "") "," SERVICE(
        "period", "study",
        SINCE
        "," COPIES "," WHOM
        "," PLACE) "," SERVICE("placement", "study",
                               WHERE
                               "," DAYS "," MAIL "," PHONE
                               "," SUM) "," SERVICE_THAT("record", "documents", WHOM,
                                                         THROUGH) "," SERVICE_THAT("paid", "payments", "",
                                                                                   PAID) "," SERVICE("n"
                                                                                                     "a"
                                                                                                     "m"
                                                                                                     "e"
                                                                                                     "d",
                                                                                                     "s"
                                                                                                     "t"
                                                                                                     "u"
                                                                                                     "d"
                                                                                                     "y",
                                                                                                     NAME) "," APPLICATION("retake",
                                                                                                                           DEBTS
                                                                                                                           "," SINCE
                                                                                                                           "," UNTIL
                                                                                                                           "," PROOF) "," APPLICATION("visitor",
                                                                                                                                                      SURNAME
                                                                                                                                                      "," PASSPORT) "]}",
    "{\"services\":[" SERVICE("transcript", "documents", "") "]}",
};
static const char *const service_ids[] = {
    "certificate-of-study", "transcript", "period", "no-such-service", "placement", "record", "paid", "named", "retake"
};

#endif
