/* A catalogue: its canonical text is the same catalogue, and every form of it can be asked. */
#include "fuzz.h"

#include "wire/form.h"

/* All of them fit into one answer, and out again. */
static void turn_all(const Field *field)
{
    char value[2][ANSWER_BYTES_MOST] = { "", "" };

    for (size_t i = 0; i < 2 * field->choice_count; i++)
        several_turn(field, value[i % 2], i % field->choice_count, value[(i + 1) % 2]);
    FUZZ_HOLDS(value[0][0] == '\0');
}

static void ask(const Service *service)
{
    static Answers answers;
    static Answers none;
    size_t total = 0;
    const char *fault = NULL;
    Date today = { 2026, 11, 24 };

    answers = none;
    for (size_t i = 0; i < service->field_count; i++) {
        const Field *field = &service->fields[i];
        const char *value = field->choice_count ? field->choices[0].id : "2026-11-24";
        (void)!answers_set(&answers, field->id, str_from(value));
        (void)!form_check_field(field, value, today);
        if (field->kind == FIELD_SEVERAL)
            turn_all(field);
    }
    for (size_t n = 0; n <= service->field_count; n++)
        (void)!form_asked(service, &answers, n, &total);
    FUZZ_HOLDS(total <= service->field_count);
    (void)!form_check(service, &answers, today, &fault);
    (void)!form_check(service, &none, today, &fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Error err = { 0 };
    OWNED(Catalogue) catalogue = catalogue_parse(fuzz_str(data, size), &err);

    if (!catalogue)
        return 0;
    for (size_t i = 0; i < catalogue_count(catalogue); i++) {
        const Service *service = catalogue_at(catalogue, i);
        FUZZ_HOLDS(catalogue_find(catalogue, str_from(service->id)) != NULL);
        ask(service);
    }
    OWNED(Catalogue) again = catalogue_parse(catalogue_json(catalogue), &err);
    FUZZ_HOLDS(again && strcmp(catalogue_version(again), catalogue_version(catalogue)) == 0);
    return 0;
}
