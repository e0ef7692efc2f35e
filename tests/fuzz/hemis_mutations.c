/* Random mutations of a HEMIS's answers, with the whole connector behind it: four threads sign students in and read
 * their records over one Hemis.  Nothing crashes, and no record ever holds a word of somebody else: each student's
 * words carry a token.
 *
 *     hemis_mutations [--answers N] [--seed N] [--plant mixes]     N mutated answers (20,000)
 *
 * --plant mixes lets HEMIS hand out other students' answers now and then, and fails where that is not
 * found.  Prints counts. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/random.h"
#include "fuzz/hemis_answers.h"

#define THREADS  4
#define STUDENTS 3

static const char *const numbers[STUDENTS] = { "401241100873", "401241111939", "401221127833" };

typedef struct Play {
    Answers answers; /* as recorded; never changed while threads run */
    Buf lines[STUDENTS];
    char tokens[STUDENTS][32];
    Hemis *hemis;
    uint64_t wanted, seed;
    bool plant;
    atomic_uint_fast64_t mutated, carried, reads, parts, mixed, outcomes[HEMIS_OUTCOME_COUNT], at_ms;
} Play;

static _Thread_local RandomSeeded dice;

static uint64_t roll(uint64_t below)
{
    dice.state += 0x9e3779b97f4a7c15u;
    uint64_t z = dice.state;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (z ^ (z >> 31)) % below;
}

/* --- mutations --------------------------------------------------------------------------------------------------- */

static json_t *other_value(const json_t *value)
{
    static const char *const texts[] = {
        "", "0", "-1", "99999999999999999999", "2026-13-45", "\xe2\x80\xae", "../..", "null", "1e9", "11", "15"
    };

    switch (roll(9)) {
    case 0: return json_null();
    case 1: return json_integer((json_int_t)roll(1u << 31) - (1 << 30));
    case 2: return json_real((double)roll(1000000) / 7);
    case 3: return json_string(texts[roll(COUNT(texts))]);
    case 4: return json_boolean(roll(2));
    case 5: return json_pack("[o]", json_deep_copy(value));
    case 6: return json_pack("{s:o}", "code", json_deep_copy(value));
    case 7: return json_integer(INT64_MAX);
    default: return json_is_integer(value) ? json_sprintf("%lld", (long long)json_integer_value(value)) : json_array();
    }
}

/* One place of the tree, by chance. */
static void spoil(json_t *tree, int depth)
{
    if (json_is_array(tree) && json_array_size(tree) > 0) {
        size_t at = roll(json_array_size(tree));
        json_t *row = json_array_get(tree, at);

        if (depth < 12 && roll(4) > 0)
            spoil(row, depth + 1);
        else if (roll(2))
            (void)json_array_append(tree, row);
        else
            (void)json_array_set_new(tree, at, other_value(row));
        return;
    }
    if (!json_is_object(tree) || json_object_size(tree) == 0)
        return;
    void *at = json_object_iter(tree);
    for (uint64_t n = roll(json_object_size(tree)); n > 0; n--)
        at = json_object_iter_next(tree, at);
    json_t *value = json_object_iter_value(at);
    OWNED(char) key = mem_copy_text(json_object_iter_key(at));
    if (depth < 12 && roll(3) > 0 && (json_is_object(value) || json_is_array(value)))
        spoil(value, depth + 1);
    else if (roll(3) == 0)
        (void)json_object_del(tree, key);
    else
        (void)json_object_set_new(tree, key, other_value(value));
}

static void spoil_tree(Buf *body)
{
    Error err = { 0 };
    OWNED(json_t) tree = json_read(buf_str(body), &err);

    if (!tree)
        return;
    for (uint64_t n = 1 + roll(12); n > 0; n--) {
        json_t *data = json_object_get(tree, "data");

        spoil(data && roll(20) > 0 ? data : tree, 0);
    }
    buf_clear(body);
    if (!json_write(tree, body, &err))
        buf_clear(body);
}

static void spoil_bytes(Buf *body)
{
    for (uint64_t n = 1 + roll(6); n > 0 && body->len > 0; n--)
        body->data[roll(body->len)] = (char)roll(256);
    if (roll(3) == 0)
        body->len = roll(body->len + 1);
}

static bool carry(void *ctx, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    Play *play = ctx;
    Answers answers = play->answers; /* its counters are a thread's own */

    atomic_fetch_add(&play->carried, 1);
    if (play->plant && roll(50) == 0)
        answers.of[0].lines = answers.of[1].lines = answers.of[2].lines;
    if (!answers_carry(&answers, request, ret, err))
        return false;
    uint64_t what = roll(100);
    if (what >= 75)
        return true;
    atomic_fetch_add(&play->mutated, 1);
    if (what < 2)
        ret->status = (int)(200 + roll(400));
    else if (what < 20)
        spoil_bytes(&ret->body);
    else
        spoil_tree(&ret->body);
    if (what == 2 && roll(4) == 0) {
        http_answer_fini(ret);
        return error_set(err, ERR_TIMEOUT, "no answer in time");
    }
    return true;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bool holds(Str text, const char *word)
{
    return text.len > 0 && memmem(text.ptr, text.len, word, strlen(word)) != NULL;
}

static void look_for_others(Play *play, size_t student, const HemisRecord *record)
{
    for (int part = 0; part < HEMIS_PART_COUNT; part++) {
        Str body = buf_str(&record->parts[part].body);

        atomic_fetch_add(&play->parts, body.len > 0);
        for (size_t other = 0; other < STUDENTS; other++)
            if (other != student && (holds(body, play->tokens[other]) || holds(body, numbers[other])))
                atomic_fetch_add(&play->mixed, 1);
    }
}

static void read_one(Play *play, size_t student)
{
    OWNED_HEMIS_RECORD record;
    OWNED_HEMIS_TOKEN token;
    Error err = { 0 };
    int wait_s;

    hemis_record_init(&record, numbers[student]);
    HemisOutcome outcome = hemis_sign_in(play->hemis, numbers[student], "a word", &token, &wait_s, &err);
    if (outcome != HEMIS_OK) /* spoiled: this one goes on with what he had */
        (void)snprintf(token.text, sizeof token.text, "token-of-%s", numbers[student]);
    outcome = hemis_read(play->hemis, &token, HEMIS_PARTS_ALL, roll(8) == 0, &record, &err);
    atomic_fetch_add(&play->outcomes[outcome], 1);
    atomic_fetch_add(&play->reads, 1);
    look_for_others(play, student, &record);
}

typedef struct Thread {
    pthread_t id;
    Play *play;
    uint64_t number;
} Thread;

static void *thread_main(void *ctx)
{
    Thread *thread = ctx;

    dice.state = thread->play->seed * 1000003 + thread->number;
    while (atomic_load(&thread->play->mutated) < thread->play->wanted)
        read_one(thread->play, roll(STUDENTS));
    return NULL;
}

/* --- beginning and end ------------------------------------------------------------------------------------------- */

static int64_t moving_clock(void *ctx)
{
    /* Each look is ten minutes later, so that the breaker lets the next one try. */
    return (int64_t)atomic_fetch_add(&((Play *)ctx)->at_ms, 600000);
}

static bool load(Play *play, Error *err)
{
    for (size_t i = 0; i < STUDENTS; i++) {
        char path[1000];
        static const char before[] = "\"first_name\":\"";

        buf_init(&play->lines[i], 1u << 20);
        (void)snprintf(path, sizeof path, "%s/tests/fuzz/seeds/hemis/%s", SOURCE_DIR, numbers[i]);
        if (!file_read(path, &play->lines[i], err))
            return false;
        answers_add(&play->answers, numbers[i], buf_str(&play->lines[i]));
        const char *name = strstr(buf_text(&play->lines[i]), before);
        const char *token = name ? strchr(name + sizeof before - 1, ' ') : NULL;
        if (!token || strcspn(token + 1, "\"") < 8 ||
            !str_copy((Str){ token + 1, strcspn(token + 1, "\"") }, play->tokens[i], sizeof play->tokens[i]))
            return error_set(err, ERR_FORMAT, "%s has no token", path);
    }
    return true;
}

static void tell(const Play *play)
{
    printf("%llu answers, %llu of them mutated; %llu records read (", (unsigned long long)play->carried,
           (unsigned long long)play->mutated, (unsigned long long)play->reads);
    for (int i = 0; i < HEMIS_OUTCOME_COUNT; i++)
        printf("%s%s %llu", i ? ", " : "", hemis_outcome_name((HemisOutcome)i), (unsigned long long)play->outcomes[i]);
    printf("), %llu parts looked through, %llu held somebody else's\n", (unsigned long long)play->parts,
           (unsigned long long)play->mixed);
}

static bool read_arguments(int argc, char **argv, Play *play)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--plant") == 0)
            play->plant = strcmp(argv[i + 1], "mixes") == 0;
        else if (!str_to_u64(str_from(argv[i + 1]), 1, 1000000000,
                             strcmp(argv[i], "--seed") == 0 ? &play->seed : &play->wanted))
            return false;
    }
    return argc % 2 == 1;
}

int main(int argc, char **argv)
{
    static Play play = { .wanted = 20000, .seed = 1, .at_ms = 1795417612000 };
    Thread threads[THREADS];
    Error err = { 0 };

    if (!read_arguments(argc, argv, &play) || !load(&play, &err)) {
        (void)fprintf(stderr, "hemis_mutations: %s\n", err.text);
        return 2;
    }
    HemisConfig config = answers_config(&play.answers);
    config.clock = (Clock){ moving_clock, moving_clock, &play };
    play.hemis = hemis_new_over(&config, &(HemisTransport){ carry, &play }, &err);
    if (!play.hemis)
        return 2;
    for (uint64_t i = 0; i < THREADS; i++) {
        threads[i] = (Thread){ .play = &play, .number = i };
        if (pthread_create(&threads[i].id, NULL, thread_main, &threads[i]) != 0)
            return 2;
    }
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i].id, NULL);
    tell(&play);
    hemis_free(play.hemis);
    for (size_t i = 0; i < STUDENTS; i++)
        buf_fini(&play.lines[i]);
    if (play.plant)
        return play.mixed == 0;
    return play.mixed > 0 || play.outcomes[HEMIS_OK] == 0 || play.parts == 0;
}
