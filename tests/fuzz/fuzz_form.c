/* Answers to a form with a question of every kind: what is kept of them is what the form takes. */
#include "fuzz.h"

#include "wire/form.h"

#define T "{\"uz\":\"u\",\"uz-Cyrl\":\"y\",\"ru\":\"r\",\"en\":\"e\"}"

static const char catalogue_text[] =
    "{\"services\":[{\"id\":\"s\",\"group\":\"documents\",\"icon\":\"doc\",\"order\":1,\"titles\":" T ",\"help\":" T
    ",\"whom\":" T ",\"for\":[],\"form\":["
    "{\"id\":\"c\",\"type\":\"choice\",\"required\":true,\"label\":" T ",\"choices\":[{\"id\":\"any\",\"label\":" T
    "},{\"id\":\"other\",\"label\":" T "}]},"
    "{\"id\":\"t\",\"type\":\"text\",\"required\":true,\"quoted\":true,\"least\":3,\"most\":80,\"label\":" T
    ",\"when\":{\"equals\":[\"c\",\"other\"]}},"
    "{\"id\":\"n\",\"type\":\"number\",\"required\":true,\"least\":-3,\"most\":5,\"label\":" T
    ",\"when\":{\"or\":[{\"exists\":\"t\"},{\"not\":{\"in\":[\"c\",\"any\"]}}]}},"
    "{\"id\":\"d\",\"type\":\"date\",\"required\":false,\"least\":-30,\"most\":30,\"label\":" T
    ",\"when\":{\"between\":[\"n\",\"1\",\"4\"]}},"
    "{\"id\":\"v\",\"type\":\"several\",\"required\":false,\"least\":1,\"most\":2,\"label\":" T
    ",\"choices\":[{\"id\":\"x\",\"label\":" T "},{\"id\":\"y\",\"label\":" T "},{\"id\":\"z\",\"label\":" T "}]},"
    "{\"id\":\"e\",\"type\":\"email\",\"label\":" T ",\"when\":{\"equals\":[\"v\",\"y\"]}},"
    "{\"id\":\"p\",\"type\":\"phone\",\"label\":" T "}],"
    "\"yields\":{\"document\":\"d\",\"languages\":[\"uz\"]},\"source\":\"ours\",\"promise\":{\"working_hours\":0},"
    "\"fee\":0,\"limit\":{\"day\":9},\"repeat\":\"always\"}]}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Catalogue *catalogue;
    static Answers answers, again;
    Error err = { 0 };
    Date today = { 2026, 11, 24 };
    const char *field = NULL;
    OWNED_BUF first, second;

    buf_init(&first, 1u << 20);
    buf_init(&second, 1u << 20);
    if (!catalogue)
        catalogue = catalogue_parse(str_from(catalogue_text), &err);
    FUZZ_HOLDS(catalogue);
    memset(&answers, 0, sizeof answers);
    memset(&again, 0, sizeof again);
    if (!answers_read(fuzz_str(data, size), &answers, &err))
        return 0;
    FUZZ_HOLDS(answers_write(&answers, &first, &err) && answers_read(buf_str(&first), &again, &err));
    FUZZ_HOLDS(answers_write(&again, &second, &err) && first.len == second.len);
    FUZZ_HOLDS(memcmp(first.data, second.data, first.len) == 0);
    const Service *service = catalogue_at(catalogue, 0);
    (void)!form_check(service, &answers, today, &field);
    (void)form_keep_fitting(service, &answers, today);
    FormFault fault = form_check(service, &answers, today, &field);
    FUZZ_HOLDS(fault == FORM_OK || fault == FORM_MISSING); /* what does not fit is not kept */
    return 0;
}
