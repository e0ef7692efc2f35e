/* A document's template: whatever is accepted can be asked for all that the office asks. */
#include "fuzz.h"

#include "registrar/document/template.h"

static bool known(const char *name)
{
    return name[0] != 'x';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error err = { 0 };
    OWNED(Template) paper = template_parse(fuzz_str(data, size), known, &err);
    const char *field;

    if (!paper)
        return 0;
    FUZZ_HOLDS(template_id(paper)[0] && strlen(template_version(paper)) == 16);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        if (template_has_language(paper, (Language)language))
            FUZZ_HOLDS(template_title(paper, (Language)language) != NULL);
    for (size_t i = 0; i < template_sealed_count(paper); i++)
        FUZZ_HOLDS(template_sealed_at(paper, i, &field) <= SEAL_FIELD_LAST);
    FUZZ_HOLDS(template_register(paper) != NULL);
    return 0;
}
