/* What a record says, and who looked at it: whatever is read can be written, and reads the same again; no row names
 * what is not there. */
#include "fuzz.h"

#include "wire/looks.h"
#include "wire/study.h"

static ApiStudy study;
static ApiLooks looks;

static void names_are_read(const ApiStudy *read)
{
    for (size_t i = 0; i < read->lesson_count; i++)
        FUZZ_HOLDS(study_name(read, read->lessons[i].subject, LANGUAGE_FIRST) != NULL &&
                   study_name(read, read->lessons[i].building, LANGUAGE_FIRST) != NULL);
    for (size_t i = 0; i < read->result_count; i++)
        FUZZ_HOLDS(study_name(read, read->results[i].subject, LANGUAGE_FIRST) != NULL);
    for (size_t i = 0; i < read->order_count; i++)
        FUZZ_HOLDS(study_name(read, read->orders[i].name, LANGUAGE_FIRST) != NULL);
    FUZZ_HOLDS(study_name(read, read->scholarship.name, LANGUAGE_FIRST) != NULL);
}

static void play_study(Str json, Buf *first, Buf *second)
{
    Error err = { 0 };

    if (!api_study_read(json, &study, &err))
        return;
    names_are_read(&study);
    FUZZ_HOLDS(api_study_write(&study, first, &err));
    FUZZ_HOLDS(api_study_read(buf_str(first), &study, &err));
    FUZZ_HOLDS(api_study_write(&study, second, &err));
}

static void play_looks(Str json, Buf *first, Buf *second)
{
    Error err = { 0 };

    if (!api_looks_read(json, &looks, &err))
        return;
    FUZZ_HOLDS(looks.count <= LOOKS_MOST && api_looks_write(&looks, first, &err));
    FUZZ_HOLDS(api_looks_read(buf_str(first), &looks, &err));
    FUZZ_HOLDS(api_looks_write(&looks, second, &err));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str json = fuzz_str(data, size);
    uint8_t choice = fuzz_choice(&json);
    OWNED_BUF first, second;

    buf_init(&first, 4u << 20);
    buf_init(&second, 4u << 20);
    (choice % 2 ? play_looks : play_study)(json, &first, &second);
    FUZZ_HOLDS(first.len == second.len && (first.len == 0 || memcmp(first.data, second.data, first.len) == 0));
    return 0;
}
