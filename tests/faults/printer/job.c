#include "job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

void job_copy_text(char *array, size_t size, const char *text)
{
    str_copy_cut(str_from(text), array, size);
    for (char *c = array; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = ' ';
}

void job_spool_path(const Job *job, const char *dir, char *path, size_t size)
{
    snprintf(path, size, "%s/spool/%06d.pdf", dir, job->id);
}

bool job_save(const Job *job, const char *dir, Error *err)
{
    char path[1024];
    OWNED_BUF buf;

    buf_init(&buf, 4096);
    snprintf(path, sizeof(path), "%s/jobs/%06d", dir, job->id);
    buf_add_format(&buf, "id\t%d\nstate\t%d\nreason\t%s\nname\t%s\nuser\t%s\n", job->id, (int)job->state, job->reason,
                   job->name, job->user);
    buf_add_format(&buf, "copies\t%d\npages\t%d\nsheets\t%d\nbytes\t%zu\nsha256\t%s\nforgotten\t%d\nmark\t%lld\n",
                   job->copies, job->pages, job->sheets, job->bytes, job->sha256, job->forgotten, (long long)job->mark);
    buf_add_format(&buf, "created\t%lld\nbegan\t%lld\nended\t%lld\n", (long long)job->created_ms,
                   (long long)job->began_ms, (long long)job->ended_ms);
    return buf_ok(&buf, err) && file_write(path, 0644, buf_str(&buf), err);
}

static void take_number(Job *job, Str key, long long number)
{
    struct {
        const char *key;
        int *value;
    } numbers[] = {
        { "id", &job->id }, { "copies", &job->copies }, { "pages", &job->pages }, { "sheets", &job->sheets }
    };
    struct {
        const char *key;
        int64_t *value;
    } times[] = { { "created", &job->created_ms }, { "began", &job->began_ms }, { "ended", &job->ended_ms } };

    for (size_t i = 0; i < COUNT(numbers); i++)
        if (str_equal_text(key, numbers[i].key))
            *numbers[i].value = (int)number;
    for (size_t i = 0; i < COUNT(times); i++)
        if (str_equal_text(key, times[i].key))
            *times[i].value = number;
    if (str_equal_text(key, "state"))
        job->state = (ipp_jstate_t)number;
    else if (str_equal_text(key, "bytes"))
        job->bytes = (size_t)number;
    else if (str_equal_text(key, "mark"))
        job->mark = (off_t)number;
    else if (str_equal_text(key, "forgotten"))
        job->forgotten = number != 0;
}

static void take_row(Job *job, Str key, Str value)
{
    struct {
        const char *key;
        char *array;
        size_t size;
    } texts[] = {
        { "reason", job->reason, sizeof(job->reason) },
        { "name", job->name, sizeof(job->name) },
        { "user", job->user, sizeof(job->user) },
        { "sha256", job->sha256, sizeof(job->sha256) },
    };
    int64_t number;

    for (size_t i = 0; i < COUNT(texts); i++)
        if (str_equal_text(key, texts[i].key)) {
            str_copy_cut(value, texts[i].array, texts[i].size);
            return;
        }
    if (str_to_i64(value, 0, INT64_MAX, &number))
        take_number(job, key, number);
}

bool job_load(Job *ret, const char *dir, const char *name, Error *err)
{
    char path[1024];
    Job job = { 0 };
    OWNED_BUF buf;

    buf_init(&buf, 4096);
    snprintf(path, sizeof(path), "%s/jobs/%s", dir, name);
    if (!file_read(path, &buf, err))
        return false;
    for (Str rest = buf_str(&buf); rest.len > 0;) {
        Str value = str_split(&rest, '\n');
        Str key = str_split(&value, '\t');
        take_row(&job, key, value);
    }
    if (job.id <= 0 || job.state < IPP_JSTATE_PENDING)
        return error_set(err, ERR_FORMAT, "%s is no job", path);
    *ret = job;
    return true;
}
