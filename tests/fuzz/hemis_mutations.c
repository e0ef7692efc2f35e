/* Random mutations of a HEMIS's answers, with the whole connector behind it: four threads sign students in and read
 * their records over one Hemis, and walk through the data API's pages of all of them.  Nothing crashes, and no record
 * and no row ever holds a word of somebody else: each student's words carry a token.
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
#include "registrar/connect/hemis/bulk.h"

#define THREADS  4
#define STUDENTS 3
#define SUBJECTS 4  /* of each student, in the data API */
#define STEPS    12 /* of one walk: a spoiled one may not end */

static const char *const numbers[STUDENTS] = { "401241100873", "401241111939", "401221127833" };

typedef struct Play {
    Answers answers; /* as recorded; never changed while threads run */
    Buf lines[STUDENTS];
    json_t *pages[HEMIS_BULK_COUNT]; /* never changed while threads run */
    char tokens[STUDENTS][32];
    Hemis *hemis;
    uint64_t wanted, seed;
    bool plant;
    atomic_uint_fast64_t mutated, carried, reads, parts, mixed, walks, rows, mixed_rows, outcomes[HEMIS_OUTCOME_COUNT],
        at_ms;
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

/* The one page of all students, or of all results; planted: somebody's row says that it is another's. */
static bool carry_page(const Play *play, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    bool first = strstr(request->url, "page=1&") != NULL;
    const json_t *page = play->pages[strstr(request->url, "student-list") ? HEMIS_BULK_STUDENTS : HEMIS_BULK_RESULTS];
    OWNED_BUF text;
    Error nobody = { 0 };

    /* jansson counts references without a lock: a page is copied by its text. */
    buf_init(&text, 1u << 20);
    OWNED(json_t) items = first && json_write(page, &text, &nobody) ? json_read(buf_str(&text), &nobody) : json_array();
    memset(ret, 0, sizeof *ret);
    buf_init(&ret->body, request->answer_most);
    ret->status = 200;
    if (first && play->plant && roll(10) == 0)
        (void)json_object_set_new(json_array_get(items, 0), "student_id_number", json_string(numbers[1]));
    OWNED(json_t)
    told = json_pack("{s:b, s:n, s:i, s:{s:O, s:{s:i, s:i}}}", "success", 1, "error", "code", 200, "data", "items",
                     items, "pagination", "totalCount", (int)json_array_size(page), "page", 1);
    return told && json_write(told, &ret->body, err);
}

static bool carry_well(Play *play, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    Answers answers = play->answers; /* its counters are a thread's own */

    if (strstr(request->url, "/v1/data/"))
        return carry_page(play, request, ret, err);
    if (play->plant && roll(50) == 0)
        answers.of[0].lines = answers.of[1].lines = answers.of[2].lines;
    return answers_carry(&answers, request, ret, err);
}

static bool carry(void *ctx, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    Play *play = ctx;

    atomic_fetch_add(&play->carried, 1);
    if (!carry_well(play, request, ret, err))
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

/* A row is its number's, or nobody's here where that was spoiled. */
static void look_at_row(Play *play, const json_t *row)
{
    const char *number = json_string_value(json_object_get(row, "number"));
    OWNED_BUF text;
    Error err = { 0 };

    buf_init(&text, 1u << 20);
    atomic_fetch_add(&play->rows, 1);
    if (!number || !json_write(row, &text, &err))
        return;
    for (size_t other = 0; other < STUDENTS; other++)
        if (strcmp(number, numbers[other]) != 0 && holds(buf_str(&text), play->tokens[other]))
            for (size_t own = 0; own < STUDENTS; own++)
                atomic_fetch_add(&play->mixed_rows, strcmp(number, numbers[own]) == 0);
}

static void walk_through(Play *play, HemisBulk what)
{
    HemisWalk walk;
    int wait_s;

    hemis_walk_begin(&walk, what, (int64_t)roll(2));
    atomic_fetch_add(&play->walks, 1);
    for (int step = 0; step < STEPS && !walk.done; step++) {
        OWNED(json_t) rows = NULL;
        Error err = { 0 };
        json_t *row;
        size_t i;

        if (hemis_walk_on(play->hemis, "token of the data API", &walk, &rows, &wait_s, &err) != HEMIS_OK)
            continue;
        json_array_foreach(rows, i, row)
        {
            look_at_row(play, row);
        }
    }
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
        if (roll(4) == 0)
            walk_through(thread->play, roll(2) ? HEMIS_BULK_STUDENTS : HEMIS_BULK_RESULTS);
        else
            read_one(thread->play, roll(STUDENTS));
    return NULL;
}

/* --- beginning and end ------------------------------------------------------------------------------------------- */

static int64_t moving_clock(void *ctx)
{
    /* Each look is ten minutes later, so that the breaker lets the next one try. */
    return (int64_t)atomic_fetch_add(&((Play *)ctx)->at_ms, 600000);
}

/* The data API has of a student what account/me has, and rows of results. */
static bool add_to_pages(Play *play, size_t student, Error *err)
{
    int status;
    Str body;

    if (!answers_find(&play->answers.of[student], "/v1/account/me?l=uz-UZ", &status, &body))
        return error_set(err, ERR_FORMAT, "%s has no account", numbers[student]);
    OWNED(json_t) me = json_read(body, err);
    bool ok = me && json_array_append(play->pages[HEMIS_BULK_STUDENTS], json_object_get(me, "data")) == 0;
    for (int i = 0; ok && i < SUBJECTS; i++)
        ok = json_array_append_new(play->pages[HEMIS_BULK_RESULTS],
                                   json_pack("{s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:i}", "student_id_number",
                                             numbers[student], "_semester", "11", "_education_year", "2024",
                                             "subject_code", json_sprintf("MAT10%d", i), "subject_name",
                                             json_sprintf("Oliy matematika %s", play->tokens[student]), "credit", "6",
                                             "total_point", "87.0", "updated_at", 1757000000)) == 0;
    return ok || error_set(err, ERR_MEMORY, "pages");
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
        if (!add_to_pages(play, i, err))
            return false;
    }
    return true;
}

static void tell(const Play *play)
{
    printf("%llu answers, %llu of them mutated; %llu records read (", (unsigned long long)play->carried,
           (unsigned long long)play->mutated, (unsigned long long)play->reads);
    for (int i = 0; i < HEMIS_OUTCOME_COUNT; i++)
        printf("%s%s %llu", i ? ", " : "", hemis_outcome_name((HemisOutcome)i), (unsigned long long)play->outcomes[i]);
    printf(
        "), %llu parts looked through, %llu held somebody else's; %llu walks, %llu rows, %llu held somebody else's\n",
        (unsigned long long)play->parts, (unsigned long long)play->mixed, (unsigned long long)play->walks,
        (unsigned long long)play->rows, (unsigned long long)play->mixed_rows);
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

    for (int i = 0; i < HEMIS_BULK_COUNT; i++)
        play.pages[i] = json_array();
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
    for (int i = 0; i < HEMIS_BULK_COUNT; i++)
        json_decref(play.pages[i]);
    if (play.plant)
        return play.mixed == 0 || play.mixed_rows == 0;
    return play.mixed > 0 || play.mixed_rows > 0 || play.rows == 0 || play.outcomes[HEMIS_OK] == 0 || play.parts == 0;
}
