/* /office/students: who is looked for, by number, name or card; a paper's link, code or number leads to its check. */
#include <ctype.h>
#include <string.h>

#include "base/memory.h"
#include "registrar/console/pages.h"
#include "registrar/console/students.h"
#include "registrar/http/query.h"
#include "registrar/office/documents.h"
#include "wire/seal.h"

#define TYPED_SIZE   2048
#define NUMBER_LEAST 6 /* figures of a student's number, at least */

OWNED_BY(DeskFoundList, mem_free)

/* The only long row of figures in what was typed or scanned: a number, or a card's code that holds one. */
static bool find_number(const char *typed, char ret[STUDENT_NUMBER_SIZE])
{
    size_t rows = 0;

    while (*typed) {
        const size_t length = strspn(typed, "0123456789");
        if (length >= NUMBER_LEAST && length < STUDENT_NUMBER_SIZE) {
            (void)!str_copy((Str){ typed, length }, ret, STUDENT_NUMBER_SIZE);
            rows++;
        }
        typed += length ? length : 1;
    }
    return rows == 1;
}

static bool is_of_paper(const char *typed)
{
    char host[80], register_name[12];
    int year, number;
    Code code;
    OWNED_BUF token;

    buf_init(&token, 1024);
    return document_number_parse(typed, register_name, &year, &number) ||
           (strchr(typed, '/') && seal_link_parse(str_from(typed), host, sizeof host, &code, &token, NULL)) ||
           (strlen(typed) >= CODE_LENGTH && strpbrk(typed, "0123456789") && code_parse(str_from(typed), &code));
}

static bool lead(const Desk *desk, const char *path, const char *name, const char *value, HttpServerAnswer *answer,
                 Error *err)
{
    OWNED_BUF to;

    buf_init(&to, 4 * TYPED_SIZE);
    buf_add_text(&to, path);
    buf_add_text(&to, name);
    percent_encode(str_from(value), &to);
    return buf_ok(&to, err) && desk_see_other(desk, buf_text(&to), NULL, answer, err);
}

static bool put_found(Desk *desk, const char *typed, Error *err)
{
    const DeskWho who = who_of(desk);
    json_t *rows = json_array();
    OWNED(DeskFoundList) found = mem_new(1, sizeof *found);

    (void)json_object_set_new(desk->view, "rows", rows);
    if (!found)
        return error_set(err, ERR_MEMORY, "students");
    if (typed[0] && !desk_students_find(desk->sheet.context->office, &who, typed, found, err))
        return false;
    for (size_t i = 0; i < found->count; i++) {
        json_t *one = json_object();

        view_put(one, "student-number", found->rows[i].number);
        view_put(one, "student-name", found->rows[i].name);
        view_put(one, "student-group", found->rows[i].group);
        (void)json_array_append_new(rows, one);
    }
    view_put_when(desk->view, "is-more", found->more);
    return true;
}

bool page_students(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char typed[TYPED_SIZE], number[STUDENT_NUMBER_SIZE];
    int64_t student = 0;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_STUDENTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const DeskWho who = who_of(&desk);
    desk_asked(request->query, "q", typed, sizeof typed);
    const Str trimmed = str_trim(str_from(typed));
    memmove(typed, trimmed.ptr ? trimmed.ptr : "", trimmed.len);
    typed[trimmed.len] = '\0';
    /* A student's number first: one of twelve figures could be a paper's code, too. */
    if (find_number(typed, number)) {
        if (!desk_student_of_number(desk.sheet.context->office, &who, number, &student, err))
            return false;
        if (student)
            return lead(&desk, "/office/students/", "", number, answer, err);
    }
    if (is_of_paper(typed))
        return lead(&desk, "/office/check", "?q=", typed, answer, err);
    view_put(desk.view, "typed", typed);
    view_put_when(desk.view, "is-find", true);
    view_put_when(desk.view, "was-searched", typed[0] != '\0');
    view_put_when(desk.view, "may-revoke", desk_may(&desk, RIGHT_REVOKE));
    return put_found(&desk, typed, err) && desk_view(&desk, "students", 200, answer, err);
}
