/* A HEMIS in the mind: answers that were recorded of the stand-in, a file for each student (seeds/hemis/NUMBER), each
 * line "STATUS TARGET<tab>BODY".  Whose answers are given is told by the bearer, "token-of-NUMBER".  For unit tests,
 * the fuzz target and the mutations. */
#ifndef FUZZ_HEMIS_ANSWERS_H
#define FUZZ_HEMIS_ANSWERS_H

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "registrar/connect/hemis/inside.h"

#define ANSWERS_ADDRESS  "https://hemis.test/rest"
#define ANSWERS_STUDENTS 4

typedef struct AnswersOf {
    char number[HEMIS_NUMBER_SIZE];
    Str lines; /* borrowed */
} AnswersOf;

typedef struct Answers {
    AnswersOf of[ANSWERS_STUDENTS];
    size_t count;
    unsigned asked, not_there;
    char last[400];           /* the target that was asked for last */
    const char *fault_target; /* targets that begin so ... */
    ErrorCode fault;          /* ... are not answered, for this reason (after they were sent); */
    int fault_status;         /* ... or are answered so, */
    const char *fault_body;   /* with this */
    int fault_retry_after_s;
    int64_t now_ms; /* both clocks */
} Answers;

static inline UNUSED int64_t answers_now(void *ctx)
{
    return ((Answers *)ctx)->now_ms;
}

static inline UNUSED HemisConfig answers_config(Answers *answers)
{
    return (HemisConfig){ .address = ANSWERS_ADDRESS,
                          .deadline_ms = 1000,
                          .connections = 2,
                          .utc_offset_minutes = 300,
                          .mark_least = { 90, 70, 60 },
                          .clock = { answers_now, answers_now, answers } };
}

static inline UNUSED void answers_add(Answers *answers, const char *number, Str lines)
{
    assert(answers->count < ANSWERS_STUDENTS);
    str_copy_cut(str_from(number), answers->of[answers->count].number, HEMIS_NUMBER_SIZE);
    answers->of[answers->count++].lines = lines;
}

/* The lines of whoever signs in, or whose token it is; NULL: nobody's. */
static inline UNUSED const AnswersOf *answers_whose(const Answers *answers, const HttpRequest *request)
{
    for (size_t i = 0; i < answers->count; i++) {
        const char *number = answers->of[i].number;

        if (request->bearer
                ? strncmp(request->bearer, "token-of-", 9) == 0 && strcmp(request->bearer + 9, number) == 0
                : request->body.len > 0 && memmem(request->body.ptr, request->body.len, number, strlen(number)))
            return &answers->of[i];
    }
    return NULL;
}

/* False: no line has that target. */
static inline UNUSED bool answers_find(const AnswersOf *of, const char *target, int *ret_status, Str *ret_body)
{
    Str rest = of->lines;

    while (rest.ptr) {
        Str line = str_split(&rest, '\n');
        uint64_t status;

        if (line.len < 5 || !str_to_u64((Str){ line.ptr, 3 }, 100, 599, &status))
            continue;
        Str body = { line.ptr + 4, line.len - 4 };
        Str at = str_split(&body, '\t');
        if (body.ptr && str_equal_text(at, target)) {
            *ret_status = (int)status;
            *ret_body = body;
            return true;
        }
    }
    return false;
}

static inline UNUSED void answers_etag(Str body, char etag[64])
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < body.len; i++)
        hash = (hash ^ (uint8_t)body.ptr[i]) * 1099511628211u;
    (void)snprintf(etag, 64, "\"%016llx\"", (unsigned long long)hash);
}

static inline UNUSED bool answers_carry(void *ctx, const HttpRequest *request, HttpAnswer *ret, Error *err)
{
    static const char nothing[] = "{\"success\":false,\"error\":\"Data not found.\",\"data\":null,\"code\":404}";
    static const char nobody[] = "{\"success\":false,\"error\":\"invalid credentials\",\"data\":null,\"code\":401}";
    Answers *answers = ctx;
    const char *target = request->url + strlen(ANSWERS_ADDRESS);
    const AnswersOf *of = answers_whose(answers, request);
    bool spoiled = answers->fault_target && strncmp(target, answers->fault_target, strlen(answers->fault_target)) == 0;
    int status = 404;
    Str body = { nothing, sizeof nothing - 1 };

    answers->asked++;
    (void)snprintf(answers->last, sizeof answers->last, "%s", target);
    if (spoiled && answers->fault != ERR_NONE)
        return error_set(err, answers->fault, "the connection died before an answer");
    if (!of) {
        status = 401;
        body = (Str){ nobody, sizeof nobody - 1 };
    } else if (!answers_find(of, target, &status, &body)) {
        answers->not_there++;
    }
    memset(ret, 0, sizeof *ret);
    buf_init(&ret->body, request->answer_most);
    ret->status = spoiled && answers->fault_status ? answers->fault_status : status;
    if (spoiled)
        ret->retry_after_s = answers->fault_retry_after_s;
    if (spoiled && answers->fault_body)
        body = str_from(answers->fault_body);
    answers_etag(body, ret->etag);
    if (ret->status == 200 && request->etag && strcmp(request->etag, ret->etag) == 0)
        ret->status = 304;
    else
        buf_add_str(&ret->body, body);
    if (!ret->body.failed)
        return true;
    buf_fini(&ret->body);
    return error_set(err, ERR_PROTOCOL, "the answer is over its limit");
}

#endif
