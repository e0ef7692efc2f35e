#include "registrar/console/frame.h"

#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "registrar/console/pages.h"
#include "registrar/http/query.h"
#include "registrar/office/needs.h"

#define NOTHING   NEEDS_COUNT
#define TOLD_MOST 999 /* of a section: above that there are "999+" */

/* live: the topics that change what needs a person there; loud: somebody stands and waits for it, so that a page in
 * another section may say it by sound too. */
static const struct {
    const char *id, *path;
    Right right;
    Need need;
    const char *live;
    bool loud;
} sections[] = {
    { "prints", "/office/prints", RIGHT_PRINTS, NEEDS_AT_PRINTERS, "prints", true },
    { "requests", "/office/requests", RIGHT_REQUESTS, NEEDS_IN_REVIEW, "requests", false },
    { "hall", "/office/hall", RIGHT_HALL, NEEDS_IN_THE_HALL, "hall calls", true },
    { "payments", "/office/invoices", RIGHT_PAYMENTS, NOTHING, "", false },
    { "blanks", "/office/blanks", RIGHT_BLANKS, NOTHING, "", false },
    { "content", "/office/content", RIGHT_CONTENT, NOTHING, "", false },
    { "students", "/office/students", RIGHT_STUDENTS, NOTHING, "", false },
    { "statistics", "/office/statistics", RIGHT_STATISTICS, NOTHING, "", false },
    { "audit", "/office/audit", RIGHT_AUDIT, NOTHING, "", false },
    { "staff", "/office/staff", RIGHT_STAFF, NOTHING, "", false },
};

const char *frame_home(const Desk *desk)
{
    for (size_t i = 0; i < COUNT(sections); i++)
        if (desk_may(desk, sections[i].right))
            return sections[i].path;
    return "/office/me";
}

static json_t *languages_of(const Desk *desk)
{
    size_t count;
    const Language *all = pages_languages(desk->sheet.pages, &count);
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list, json_pack("{ss ss ss sb}", "tag", language_tag(all[i]), "own-name",
                                                    language_own_name(all[i]), "short", language_short_name(all[i]),
                                                    "is-own", all[i] == desk->sheet.language));
    return list;
}

/* The section's own page, or one below it. */
static bool is_within(const char *here, const char *path)
{
    const size_t length = strlen(path);

    return strncmp(here, path, length) == 0 && (here[length] == '\0' || here[length] == '/');
}

static bool count_needs(const Desk *desk, Needs *ret, Error *err)
{
    bool any = false;

    *ret = (Needs){ 0 };
    for (size_t i = 0; i < COUNT(sections); i++)
        if (sections[i].need != NOTHING && desk_may(desk, sections[i].right))
            any = ret->wanted[sections[i].need] = true;
    return !any || needs_count(desk->sheet.context->office, desk_scope(desk), ret, err);
}

static json_t *section_of(const Desk *desk, size_t i, const Needs *needs)
{
    const char *here = desk->sheet.values.of[SLOT_HERE];
    const int64_t count = sections[i].need == NOTHING ? 0 : needs->of[sections[i].need];
    char id[64], told[24] = "";

    (void)snprintf(id, sizeof id, "say.section.%s", sections[i].id);
    if (count > 0)
        (void)snprintf(told, sizeof told, "%lld%s", (long long)(count > TOLD_MOST ? TOLD_MOST : count),
                       count > TOLD_MOST ? "+" : "");
    return json_pack("{ss ss ss ss sb sb}", "section-path", sections[i].path, "section-name",
                     view_text(desk->sheet.pages, desk->sheet.language, id), "section-count", told, "section-live",
                     sections[i].live, "is-loud", sections[i].loud, "is-open", is_within(here, sections[i].path));
}

/* Which parts of the console there are for this person, how much waits in each, and which one is open: the route's
 * path tells. */
static bool put_sections(Desk *desk, Error *err)
{
    json_t *list = json_array();
    Needs needs;

    if (json_object_set_new(desk->view, "sections", list) != 0)
        return error_set(err, ERR_MEMORY, "sections");
    if (!count_needs(desk, &needs, err))
        return false;
    for (size_t i = 0; i < COUNT(sections); i++)
        if (desk_may(desk, sections[i].right) && json_array_append_new(list, section_of(desk, i, &needs)) != 0)
            return error_set(err, ERR_MEMORY, "sections");
    return true;
}

/* /office/needs: the bar of all pages alone, with what waits in each section, for a page of another section that stands
 * open while something changes there. */
bool page_needs(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    OWNED_DESK desk;
    const Access access = desk_open_any(request, answer, &desk, err);

    return access == ACCESS_GRANTED ? desk_view(&desk, "needs", 200, answer, err) : access == ACCESS_REFUSED;
}

/* "?said=": what came of the form that led here, in words of the console's own, or of all pages. */
static void say_came(Desk *desk)
{
    char slug[48], id[64];

    if (desk->sheet.values.of[SLOT_SAID] || !query_may(desk->query, "said", slug, sizeof slug) || !slug[0])
        return;
    (void)snprintf(id, sizeof id, "say.said.%s", slug);
    const bool done = strcmp(slug, "done") == 0;
    const char *own = view_text(desk->sheet.pages, desk->sheet.language, id);
    const char *words = own[0] ? own : desk_text(desk, "said.", slug);
    const char *values[] = { "" };
    OWNED_BUF said;

    buf_init(&said, sizeof desk->said - 1);
    text_fill(&said, words, values, 1);
    (void)json_object_set_new(desk->view, "said", json_string(words == slug ? "" : buf_text(&said)));
    (void)json_object_set_new(desk->view, "was-done", json_boolean(done));
}

/* A form that wants a code of now shows its field only when none was given lately. */
static bool is_fresh(const Desk *desk)
{
    return clock_wall_s(&office_config(desk->sheet.context->office)->clock) < desk->staff.fresh_until_s;
}

bool frame_fill(Desk *desk, Error *err)
{
    const char *const *of = desk->sheet.values.of;
    const struct {
        const char *name;
        PageSlot slot;
    } own[] = { { "language", SLOT_LANGUAGE },
                { "institution", SLOT_INSTITUTION },
                { "user", SLOT_USER },
                { "csrf", SLOT_CSRF },
                { "here", SLOT_HERE } };

    say_came(desk);
    for (size_t i = 0; i < COUNT(own); i++)
        (void)json_object_set_new(desk->view, own[i].name, json_string(of[own[i].slot] ? of[own[i].slot] : ""));
    (void)json_object_set_new(desk->view, "languages", languages_of(desk));
    (void)json_object_set_new(desk->view, "needs-totp", json_boolean(!is_fresh(desk)));
    (void)json_object_set_new(desk->view, "may-find", json_boolean(desk_may(desk, RIGHT_STUDENTS)));
    return put_sections(desk, err);
}
