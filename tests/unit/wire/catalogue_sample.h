/* A catalogue of one service with every kind of question, and ways to spoil it. */
#ifndef UNIT_WIRE_CATALOGUE_SAMPLE_H
#define UNIT_WIRE_CATALOGUE_SAMPLE_H

#include <jansson.h>
#include <string.h>

#include "wire/catalogue.h"

#define TEXTS(words) "{\"uz\":\"" words "\",\"uz-Cyrl\":\"" words "\",\"ru\":\"" words "\",\"en\":\"" words "\"}"

#define SAMPLE_SERVICE(id, group, order)                                                                                                                                                                                                                           \
    "{\"id\":\"" id "\",\"group\":\"" group "\",\"icon\":\"doc\",\"order\":" order                                                                                                                                                                                 \
    ",\"titles\":" TEXTS("Title") ",\"help\":" TEXTS("Help") ",\"contains\":[" TEXTS("Name") "],\"whom\":" TEXTS(                                                                                                                                                  \
        "All") ",\"for\":[{\"is\":\"status\",\"in\":["                                                                                                                                                                                                             \
               "\"11\"]}],\"form\":["                                                                                                                                                                                                                              \
               "{\"id\":\"receiver\",\"type\":\"choice\","                                                                                                                                                                                                         \
               "\"required\":true,\"label\":" TEXTS(                                                                                                                                                                                                               \
                   "Wher"                                                                                                                                                                                                                                          \
                   "e?") ",\"choices\":[{\"id\":"                                                                                                                                                                                                                  \
                         "\"bank\",\"label\":" TEXTS(                                                                                                                                                                                                              \
                             "Ba"                                                                                                                                                                                                                                  \
                             "n"                                                                                                                                                                                                                                   \
                             "k") ",\"paper\":" TEXTS("For a bank.") "},"                                                                                                                                                                                          \
                                                                     "{\"id\":\"other\","                                                                                                                                                                          \
                                                                     "\"icon\":\"edit\","                                                                                                                                                                          \
                                                                     "\"label\":" TEXTS(                                                                                                                                                                           \
                                                                         "Oth"                                                                                                                                                                                     \
                                                                         "er") ",\"paper\":" TEXTS("For “{place}”.") "}]},"                                                                                                                                        \
                                                                                                                     "{\"id\":\"place\",\"type\":\"text\",\"required\":true,\"quoted\":true,\"least\":3,\"most\":80,"                                              \
                                                                                                                     "\"when\":{\"equals\":[\"receiver\",\"other\"]},\"label\":" TEXTS(                                                                            \
                                                                                                                         "Name it") "},"                                                                                                                           \
                                                                                                                                    "{\"id\":\"copies\",\"type\":\"number\",\"least\":1,\"most\":3,\"label\":" TEXTS(                                              \
                                                                                                                                        "How many?") "},"                                                                                                          \
                                                                                                                                                     "{\"id\":\"until\",\"type\":\"date\",\"least\":0,\"most\":30,\"when\":{\"and\":[{\"exists\":\"copies\"},"     \
                                                                                                                                                     "{\"not\":{\"between\":[\"copies\",\"2\",\"3\"]}},{\"or\":[{\"in\":[\"receiver\",\"bank\",\"other\"]},"       \
                                                                                                                                                     "{\"exists\":\"place\"}]}]},\"label\":" TEXTS(                                                                \
                                                                                                                                                         "Until when?") "}],"                                                                                      \
                                                                                                                                                                        "\"yields\":{\"document\":\"" id                                                           \
                                                                                                                                                                        "\",\"languages\":[\"uz\",\"en\"]},\"source\":\"ours\","                                   \
                                                                                                                                                                        "\"promise\":{\"working_hours\":0},\"fee\":0,\"limit\":{\"day\":3},\"repeat\":\"always\"," \
                                                                                                                                                                        "\"bring\":[" TEXTS(                                                                       \
                                                                                                                                                                            "Passport") "]}"

#define SAMPLE "{\"services\":[" SAMPLE_SERVICE("certificate", "documents", "10") "]}"

static inline Catalogue *catalogue_sample(void)
{
    Error err = { 0 };
    Catalogue *catalogue = catalogue_parse(STR(SAMPLE), &err);

    if (!catalogue)
        fail_msg("%s", err.text);
    return catalogue;
}

#endif
