/* /office/check: what a paper that somebody holds is worth, by its QR code (a scanner types the link), code or number:
 * what everybody is told, and beside it what staff may see. */
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "registrar/console/pages.h"
#include "registrar/console/students.h"
#include "registrar/office/desk_papers.h"

#define TYPED_SIZE 2048

OWNED_BY(PaperChecked, mem_free)

static const struct {
    const char *word, *tone;
} states[] = {
    [CHECK_UNKNOWN] = { "unknown", "bad" },      [CHECK_VALID] = { "valid", "good" },
    [CHECK_SUSPENDED] = { "suspended", "warn" }, [CHECK_REVOKED] = { "revoked", "bad" },
    [CHECK_REPLACED] = { "replaced", "warn" },   [CHECK_EXPIRED] = { "expired", "warn" },
};

static const struct {
    const char *word, *tone;
} seals[] = {
    [SEAL_NONE] = { "none", "" },
    [SEAL_GOOD] = { "good", "good" },
    [SEAL_FORGED] = { "forged", "bad" },
    [SEAL_OTHER_CODE] = { "other-code", "bad" },
    [SEAL_OTHER_HOST] = { "other-host", "bad" },
};

static void put_public(const Desk *desk, const PaperChecked *checked, json_t *to)
{
    const Check *check = &checked->check;
    const bool known = checked->by_code && check->state != CHECK_UNKNOWN;
    OWNED_BUF issued, until, changed;

    buf_init(&issued, 80);
    buf_init(&until, 80);
    buf_init(&changed, 80);
    if (known)
        date_write(&issued, check->issued, desk->sheet.language, DATE_WORDS);
    if (known && check->until.year)
        date_write(&until, check->until, desk->sheet.language, DATE_WORDS);
    if (known && check->changed_s)
        say_day(desk, check->changed_s, &changed);
    view_put(to, "check-kind", known ? paper_title(&check->title, desk->sheet.language) : "");
    view_put(to, "check-holder", known ? check->masked_holder : "");
    view_put(to, "check-issued", buf_text(&issued));
    view_put(to, "check-until", buf_text(&until));
    view_put(to, "check-changed", buf_text(&changed));
    view_put_when(to, "is-on-phone", known && check->on_phone);
}

/* What a forger would change, as the issuer sealed it: compared with the paper. */
static void put_sealed(const Desk *desk, const PaperChecked *checked, json_t *to)
{
    json_t *list = json_array();
    const SealClaims *claims = &checked->claims;

    for (size_t i = 0; checked->seal == SEAL_GOOD && i < claims->field_count; i++) {
        json_t *one = json_object();

        view_put(one, "sealed-name", say_student_word(desk, "sealed", seal_field_name(claims->fields[i].field)));
        view_put(one, "sealed-value", claims->fields[i].value);
        (void)json_array_append_new(list, one);
    }
    (void)json_object_set_new(to, "sealed", list);
    view_put(to, "sealed-holder", checked->seal == SEAL_GOOD ? claims->holder : "");
    view_put(to, "sealed-number", checked->seal == SEAL_GOOD ? claims->number : "");
}

static bool put_checked(Desk *desk, const PaperChecked *checked, Error *err)
{
    const bool forged =
        checked->seal == SEAL_FORGED || checked->seal == SEAL_OTHER_CODE || checked->seal == SEAL_OTHER_HOST;
    json_t *one = json_object();
    json_t *papers = json_array();
    const char *word = forged                 ? seals[checked->seal].word
                       : checked->by_code     ? states[checked->check.state].word
                       : checked->was_skipped ? "skipped"
                                              : "unknown";

    (void)json_object_set_new(desk->view, "checked", one);
    view_put(one, "check-tone", forged || !checked->by_code ? "bad" : states[checked->check.state].tone);
    view_put(one, "check-state", say_student_word(desk, "check", word));
    view_put(one, "check-why", say_student_word(desk, "why", word));
    view_put(one, "check-code", checked->code);
    view_put(one, "seal-words", checked->seal == SEAL_GOOD ? say_student(desk, "seal-good") : "");
    put_public(desk, checked, one);
    put_sealed(desk, checked, one);
    view_put(one, "student", checked->has_document ? checked->student : "");
    view_put(one, "student-name", checked->has_document ? checked->name : "");
    (void)json_object_set_new(one, "papers", papers);
    if (!checked->has_document)
        return true;
    OWNED(Catalogue) catalogue = office_catalogue(desk->sheet.context->office, err);
    if (!catalogue)
        return false;
    (void)json_array_append_new(papers, paper_json(desk, catalogue, &checked->paper));
    return true;
}

bool page_paper_check(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char typed[TYPED_SIZE];
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_STUDENTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const DeskWho who = who_of(&desk);
    desk_asked(request->query, "q", typed, sizeof typed);
    view_put(desk.view, "typed", "");
    view_put_when(desk.view, "checked", false);
    view_put_when(desk.view, "is-nothing", false);
    view_put_when(desk.view, "is-check", true);
    view_put_when(desk.view, "may-revoke", desk_may(&desk, RIGHT_REVOKE));
    if (!typed[0])
        return desk_view(&desk, "paper-check", 200, answer, err);
    OWNED(PaperChecked) checked = mem_new(1, sizeof *checked);
    if (!checked)
        return error_set(err, ERR_MEMORY, "paper");
    if (!paper_checked(desk.sheet.context->office, &who, typed, desk.sheet.language, checked, err))
        return false;
    if (checked->typed == TYPED_NOTHING) {
        view_put(desk.view, "typed", strlen(typed) < 80 ? typed : "");
        view_put_when(desk.view, "is-nothing", true);
    }
    return (checked->typed == TYPED_NOTHING || put_checked(&desk, checked, err)) &&
           desk_view(&desk, "paper-check", 200, answer, err);
}
