/* Whatever a HEMIS answers to one student: the connector comes to an end, what it keeps is JSON in canonical form, and
 * the student beside, who is served by the same connector over honest answers, has their own record, byte for byte. */
#include "fuzz.h"

#include "fuzz/hemis_answers.h"

#define HONEST  "401241111939"
#define SPOILED "401241100873"

static Answers answers = { .now_ms = 1795417612000 };
static Hemis *hemis;
static Buf honest;
static HemisRecord wanted; /* of HONEST */

static void read_all(const char *number, HemisRecord *record, HemisOutcome *ret)
{
    Error err = { 0 };
    HemisToken token;
    int wait_s;

    hemis_record_init(record, number);
    *ret = hemis_sign_in(hemis, number, "a word", &token, &wait_s, &err);
    if (*ret == HEMIS_OK)
        *ret = hemis_read(hemis, &token, HEMIS_PARTS_ALL, false, record, &err);
    hemis_token_wipe(&token);
}

static void start(void)
{
    HemisConfig config = answers_config(&answers);
    Error err = { 0 };
    HemisOutcome outcome;

    buf_init(&honest, 1u << 20);
    FUZZ_HOLDS(file_read(SOURCE_DIR "/tests/fuzz/seeds/hemis/" HONEST, &honest, &err));
    answers_add(&answers, HONEST, buf_str(&honest));
    answers_add(&answers, SPOILED, (Str){ "", 0 });
    hemis = hemis_new_over(&config, &(HemisTransport){ answers_carry, &answers }, &err);
    FUZZ_HOLDS(hemis);
    read_all(HONEST, &wanted, &outcome);
    FUZZ_HOLDS(outcome == HEMIS_OK && wanted.parts[HEMIS_RESULTS].outcome == HEMIS_OK);
}

static void is_canonical(const HemisPartAnswer *part)
{
    Error err = { 0 };
    OWNED_BUF again;

    buf_init(&again, HEMIS_PART_MOST);
    if (part->outcome != HEMIS_OK) {
        FUZZ_HOLDS(part->body.len == 0);
        return;
    }
    OWNED(json_t) json = json_read(buf_str(&part->body), &err);
    FUZZ_HOLDS(json && json_write(json, &again, &err) && str_equal(buf_str(&again), buf_str(&part->body)));
}

static void honest_is_whole(void)
{
    OWNED_HEMIS_RECORD record;
    HemisOutcome outcome;

    answers.now_ms += 600000; /* whatever the breaker thinks of it */
    read_all(HONEST, &record, &outcome);
    FUZZ_HOLDS(outcome == HEMIS_OK && strcmp(record.pinfl, wanted.pinfl) == 0);
    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        FUZZ_HOLDS(record.parts[i].outcome == wanted.parts[i].outcome &&
                   str_equal(buf_str(&record.parts[i].body), buf_str(&wanted.parts[i].body)));
    answers.now_ms = 1795417612000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    OWNED_HEMIS_RECORD record;
    HemisOutcome outcome;
    Error err = { 0 };
    HemisPaper paper;
    static HemisPapers papers;
    const HemisToken token = { "token-of-" SPOILED };

    if (!hemis)
        start();
    answers.of[1].lines = fuzz_str(data, size);
    read_all(SPOILED, &record, &outcome);
    for (int i = 0; i < HEMIS_PART_COUNT; i++)
        is_canonical(&record.parts[i]);
    outcome = hemis_papers(hemis, &token, &papers, &err);
    FUZZ_HOLDS(outcome != HEMIS_OK || papers.count > 0);
    outcome = hemis_reference(hemis, &token, 5, &paper, &err);
    FUZZ_HOLDS(outcome != HEMIS_OK || paper.file[0]);
    honest_is_whole();
    return 0;
}
