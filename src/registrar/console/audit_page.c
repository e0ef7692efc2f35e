/* /office/audit: who did what, when; one entry with its detail beside; whether the chain is whole. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "registrar/console/grid.h"
#include "registrar/console/pages.h"
#include "registrar/http/query.h"
#include "registrar/office/audit_search.h"
#include "registrar/office/shelf.h"
#include "registrar/office/shelf_keeper.h"
#include "wire/json.h"

#define ADDRESS     "/office/audit"
#define DETAIL_MOST (1u << 20)

typedef struct Asked {
    char what[AUDIT_TYPED_SIZE], act[ACT_NAME_SIZE];
    Date from, to;
    int64_t before_ms, before, open; /* open: an entry's id; 0: none */
} Asked;

/* --- words -------------------------------------------------------------------------------------------------------- */

static const char *say(const Desk *desk, const char *id)
{
    char whole[80];

    (void)snprintf(whole, sizeof whole, "say.audit.%s", id);
    return view_text(desk->sheet.pages, desk->sheet.language, whole);
}

/* "Application: approved"; an act that has no words stands as it is written. */
static void say_act(const Desk *desk, const char *act, Buf *ret)
{
    char thing[64], deed[64];
    Str rest = str_from(act);
    const Str name = str_split(&rest, '.');

    (void)snprintf(thing, sizeof thing, "thing-" STR_FMT, STR_ARG(name));
    (void)snprintf(deed, sizeof deed, "deed-" STR_FMT, (int)rest.len, rest.ptr ? rest.ptr : "");
    const char *what = say(desk, thing), *did = say(desk, deed);
    if (what[0] && did[0])
        buf_add_format(ret, "%s: %s", what, did);
    else
        buf_add_text(ret, act);
}

/* Who it was: by name, else as what they are. */
static void say_who(const Desk *desk, const AuditLine *line, Buf *ret)
{
    char kind[64];
    Str name = str_from(line->actor);
    const Str what = str_split(&name, ':');

    if (line->who[0]) {
        buf_add_text(ret, line->who);
        return;
    }
    (void)snprintf(kind, sizeof kind, "actor-" STR_FMT, STR_ARG(what));
    const char *words = say(desk, kind);
    buf_add_text(ret, words[0] ? words : line->actor);
    if (words[0] && name.ptr && !str_equal_text(what, "student"))
        buf_add_format(ret, " " STR_FMT, STR_ARG(name));
}

/* Of which application, paper or person; without a number, by the service. */
static void say_what(const Desk *desk, const Shelf *shelf, const AuditLine *line, Buf *ret)
{
    const Service *service = line->what.service[0] ? shelf_service(shelf, line->what.service) : NULL;
    const char *title = service ? local_text(&service->title, desk->sheet.language) : line->what.service;
    Str id = str_from(line->object);
    const Str thing = str_split(&id, ':');
    const bool is_plain = !str_equal_text(thing, "student") && !line->what.service[0] && id.ptr;

    buf_add_text(ret, line->what.number);
    if (title[0])
        buf_add_format(ret, "%s%s", ret->len ? " · " : "", title);
    if (line->whose[0] && strcmp(line->whose, line->who) != 0)
        buf_add_format(ret, "%s%s", ret->len ? " · " : "", line->whose);
    if (ret->len == 0 && is_plain && id.len != ID_SIZE - 1) /* a machine's name says nothing to anybody */
        buf_add_str(ret, id);
}

static void say_at(const Desk *desk, int64_t at_ms, Buf *ret)
{
    const DateTime at = date_time_at(at_ms, office_config(desk->sheet.context->office)->utc_offset_minutes);

    date_write(ret, at.date, desk->sheet.language, DATE_FIGURES);
    buf_add_format(ret, " %02d:%02d:%02d", at.hour, at.minute, at.second);
}

/* --- what is asked for -------------------------------------------------------------------------------------------- */

static int64_t take_number(const char *query, const char *name, int64_t otherwise)
{
    char text[24];
    int64_t number;

    desk_asked(query, name, text, sizeof text);
    return str_to_i64(str_from(text), 1, INT64_MAX, &number) ? number : otherwise;
}

static void take_asked(const char *query, Asked *ret)
{
    char day[16];

    *ret = (Asked){ .before_ms = take_number(query, "at", INT64_MAX),
                    .before = take_number(query, "before", INT64_MAX),
                    .open = take_number(query, "open", 0) };
    desk_asked(query, "q", ret->what, sizeof ret->what);
    desk_asked(query, "act", ret->act, sizeof ret->act);
    desk_asked(query, "from", day, sizeof day);
    if (!date_parse(str_from(day), &ret->from))
        ret->from = (Date){ 0 };
    desk_asked(query, "to", day, sizeof day);
    if (!date_parse(str_from(day), &ret->to))
        ret->to = (Date){ 0 };
}

static AuditWanted wanted_of(const Desk *desk, const Asked *asked)
{
    return (AuditWanted){ .clerk = desk->clerk,
                          .scope = desk_scope(desk),
                          .what = asked->what,
                          .act = asked->act,
                          .from = asked->from,
                          .to = asked->to,
                          .before_ms = asked->before_ms,
                          .before = asked->before };
}

static void add_text(Buf *query, const char *name, const char *value)
{
    if (!value[0])
        return;
    buf_add_format(query, "&%s=", name);
    percent_encode(str_from(value), query);
}

static void add_day(Buf *query, const char *name, Date day)
{
    if (!day.year)
        return;
    buf_add_format(query, "&%s=", name);
    date_write(query, day, LANGUAGE_FIRST, DATE_ISO);
}

/* The address of the same question; form: "" the page, ".csv". */
static void link_to(const Desk *desk, const Asked *asked, const char *form, Buf *ret)
{
    buf_clear(ret);
    buf_add_format(ret, ADDRESS "%s?l=%s", form, language_tag(desk->sheet.language));
    add_text(ret, "q", asked->what);
    add_text(ret, "act", asked->act);
    add_day(ret, "from", asked->from);
    add_day(ret, "to", asked->to);
}

static void add_place(Buf *link, int64_t at_ms, int64_t id)
{
    if (id != INT64_MAX)
        buf_add_format(link, "&at=%" PRId64 "&before=%" PRId64, at_ms, id);
}

/* --- the list ----------------------------------------------------------------------------------------------------- */

static void put_line(const Desk *desk, const Shelf *shelf, const Asked *asked, const AuditLine *line, json_t *rows)
{
    OWNED_BUF at, who, act, what, link;

    buf_init(&at, 80);
    buf_init(&who, 400);
    buf_init(&act, 300);
    buf_init(&what, 800);
    buf_init(&link, 1024);
    say_at(desk, line->at_ms, &at);
    say_who(desk, line, &who);
    say_act(desk, line->act, &act);
    say_what(desk, shelf, line, &what);
    link_to(desk, asked, "", &link);
    add_place(&link, asked->before_ms, asked->before);
    buf_add_format(&link, "&open=%" PRId64, line->id);
    (void)json_array_append_new(rows, json_pack("{sI ss ss ss ss ss ss sb sb}", "entry", (json_int_t)line->id,
                                                "entry-link", buf_text(&link), "entry-at", buf_text(&at), "entry-who",
                                                buf_text(&who), "entry-act", buf_text(&act), "entry-what",
                                                buf_text(&what), "entry-name", line->act, "is-waiting",
                                                line->position == 0, "is-entry", line->id == asked->open));
}

static void put_found(Desk *desk, const Shelf *shelf, const Asked *asked, const AuditFound *found)
{
    static const char *const outcomes[] = {
        [AUDIT_FOUND] = "none", [AUDIT_UNKNOWN] = "unknown", [AUDIT_SEVERAL] = "several", [AUDIT_NEEDED] = "needed"
    };
    json_t *rows = json_array(), *candidates = json_array();
    OWNED_BUF link;

    buf_init(&link, 1024);
    for (size_t i = 0; i < found->count; i++)
        put_line(desk, shelf, asked, &found->lines[i], rows);
    for (size_t i = 0; i < found->candidate_count; i++) {
        Asked other = *asked;

        str_copy_cut(str_from(found->candidates[i].number), other.what, sizeof other.what);
        link_to(desk, &other, "", &link);
        (void)json_array_append_new(candidates, json_pack("{ss ss ss}", "candidate-link", buf_text(&link),
                                                          "candidate-name", found->candidates[i].name,
                                                          "candidate-number", found->candidates[i].number));
    }
    (void)json_object_set_new(desk->view, "entries", rows);
    (void)json_object_set_new(desk->view, "candidates", candidates);
    (void)json_object_set_new(desk->view, "outcome", json_string(say(desk, outcomes[found->outcome])));
    buf_clear(&link);
    if (found->more) {
        const AuditLine *last = &found->lines[found->count - 1];

        link_to(desk, asked, "", &link);
        add_place(&link, last->at_ms, last->id);
    }
    (void)json_object_set_new(desk->view, "next", json_string(buf_text(&link)));
}

static bool put_form(Desk *desk, const Asked *asked, Error *err)
{
    char(*names)[ACT_NAME_SIZE] = mem_new(AUDIT_ACTS_MOST, sizeof *names);
    json_t *acts = json_array();
    size_t count = 0;
    OWNED_BUF text;

    buf_init(&text, 400);
    bool done = names ? audit_acts(desk->sheet.context->office, names, AUDIT_ACTS_MOST, &count, err)
                      : error_set(err, ERR_MEMORY, "audit log");
    for (size_t i = 0; done && i < count; i++) {
        buf_clear(&text);
        say_act(desk, names[i], &text);
        (void)json_array_append_new(acts, json_pack("{ss ss sb}", "choice-id", names[i], "choice-name", buf_text(&text),
                                                    "is-chosen", !strcmp(names[i], asked->act)));
    }
    mem_free(names);
    (void)json_object_set_new(desk->view, "acts", acts);
    (void)json_object_set_new(desk->view, "q", json_string(asked->what));
    buf_clear(&text);
    add_day(&text, "", asked->from);
    (void)json_object_set_new(desk->view, "from", json_string(text.len ? buf_text(&text) + 2 : ""));
    buf_clear(&text);
    add_day(&text, "", asked->to);
    (void)json_object_set_new(desk->view, "to", json_string(text.len ? buf_text(&text) + 2 : ""));
    buf_clear(&text);
    link_to(desk, asked, ".csv", &text);
    (void)json_object_set_new(desk->view, "csv", json_string(buf_text(&text)));
    return done;
}

/* --- the chain ---------------------------------------------------------------------------------------------------- */

static void say_state(const Desk *desk, const AuditState *state, Buf *ret)
{
    char sealed[24], waiting[24], head[24];
    OWNED_BUF at;

    buf_init(&at, 80);
    (void)snprintf(sealed, sizeof sealed, "%" PRId64, state->sealed);
    (void)snprintf(waiting, sizeof waiting, "%" PRId64, state->waiting);
    (void)snprintf(head, sizeof head, "%" PRId64, state->head_position);
    if (state->head_at_s > 0)
        say_at(desk, state->head_at_s * 1000, &at);
    text_fill(ret, say(desk, "sealed"), (const char *[]){ sealed, waiting }, 2);
    if (state->head_at_s > 0) {
        buf_add_byte(ret, ' ');
        text_fill(ret, say(desk, "head"), (const char *[]){ head, buf_text(&at) }, 2);
    }
}

static void say_check(const Desk *desk, const AuditState *state, Buf *ret)
{
    char entries[24], faults[24];
    OWNED_BUF at;

    buf_init(&at, 80);
    if (!state->checked) {
        buf_add_text(ret, say(desk, "never-checked"));
        return;
    }
    (void)snprintf(entries, sizeof entries, "%" PRId64, state->checked_entries);
    (void)snprintf(faults, sizeof faults, "%" PRId64, state->checked_faults);
    say_at(desk, state->checked_at_ms, &at);
    text_fill(ret, say(desk, state->checked_faults > 0 ? "check-broken" : "check-whole"),
              (const char *[]){ entries, faults }, 2);
    buf_add_byte(ret, ' ');
    text_fill(ret, say(desk, "checked"), (const char *[]){ buf_text(&at), state->checked_by }, 2);
}

static bool put_chain(Desk *desk, Error *err)
{
    AuditState state;
    OWNED_BUF words, check;

    buf_init(&words, 600);
    buf_init(&check, 600);
    if (!audit_state(desk->sheet.context->office, &state, err))
        return false;
    say_state(desk, &state, &words);
    say_check(desk, &state, &check);
    (void)json_object_set_new(desk->view, "chain", json_string(buf_text(&words)));
    (void)json_object_set_new(desk->view, "check", json_string(buf_text(&check)));
    (void)json_object_set_new(desk->view, "is-broken", json_boolean(state.checked && state.checked_faults > 0));
    (void)json_object_set_new(desk->view, "is-whole", json_boolean(state.checked && state.checked_faults == 0));
    return true;
}

/* --- one entry ---------------------------------------------------------------------------------------------------- */

static void put_pair(const char *name, const json_t *value, json_t *pairs)
{
    char written[2048];
    const size_t length = json_is_string(value) ? 0 : json_dumpb(value, written, sizeof written - 1, JSON_ENCODE_ANY);

    written[length < sizeof written ? length : 0] = '\0';
    (void)json_array_append_new(pairs, json_pack("{ss ss}", "pair-name", name, "pair-value",
                                                 json_is_string(value) ? json_string_value(value) : written));
}

static bool put_opened(Desk *desk, const Shelf *shelf, const Asked *asked, Error *err)
{
    json_t *pairs = json_array();
    char position[24];
    AuditLine line;
    const char *name;
    json_t *value;
    bool found = false;
    OWNED_BUF detail;

    buf_init(&detail, DETAIL_MOST);
    (void)json_object_set_new(desk->view, "pairs", pairs);
    if (asked->open && !audit_open(desk->sheet.context->office, desk->clerk, desk_scope(desk), asked->open, &found,
                                   &line, &detail, err))
        return false;
    (void)json_object_set_new(desk->view, "is-open-entry", json_boolean(found));
    if (!found)
        return true;
    json_t *rows = json_array();
    put_line(desk, shelf, asked, &line, rows);
    (void)json_object_set_new(desk->view, "opened", json_incref(json_array_get(rows, 0)));
    json_decref(rows);
    (void)snprintf(position, sizeof position, "%" PRId64, line.position);
    (void)json_object_set_new(desk->view, "entry-position", json_string(line.position ? position : ""));
    (void)json_object_set_new(desk->view, "entry-actor", json_string(line.actor));
    (void)json_object_set_new(desk->view, "entry-object", json_string(line.object));
    (void)json_object_set_new(desk->view, "is-purged", json_boolean(line.is_purged));
    OWNED(json_t) json = detail.len > 0 ? json_read(buf_str(&detail), NULL) : NULL;
    json_object_foreach(json, name, value)
    {
        put_pair(name, value, pairs);
    }
    return true;
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

bool page_audit(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    AuditFound *found;
    Asked asked;
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_AUDIT, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OWNED(Shelf) shelf = shelf_take(office_of(request));
    take_asked(desk.query, &asked);
    const AuditWanted wanted = wanted_of(&desk, &asked);
    found = mem_new(1, sizeof *found);
    if (!found)
        return error_set(err, ERR_MEMORY, "audit log");
    bool done = audit_search(office_of(request), &wanted, found, err);
    if (done)
        put_found(&desk, shelf, &asked, found);
    mem_free_wiped(found, sizeof *found);
    return done && put_form(&desk, &asked, err) && put_opened(&desk, shelf, &asked, err) && put_chain(&desk, err) &&
           desk_view(&desk, "audit", 200, answer, err);
}

bool page_audit_act(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    bool run;
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_AUDIT, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    return audit_check_now(office_of(request), desk.clerk, &run, err) &&
           desk_see_other(&desk, ADDRESS, run ? "done" : "checked-lately", answer, err);
}

/* --- export ------------------------------------------------------------------------------------------------------- */

typedef struct Exporting {
    const Desk *desk;
    const Shelf *shelf;
    Grid grid;
} Exporting;

static bool export_line(void *ctx, const AuditLine *line, Error *err)
{
    Exporting *exporting = ctx;
    OWNED_BUF at, who, act, what;

    buf_init(&at, 80);
    buf_init(&who, 400);
    buf_init(&act, 300);
    buf_init(&what, 800);
    say_at(exporting->desk, line->at_ms, &at);
    say_who(exporting->desk, line, &who);
    say_act(exporting->desk, line->act, &act);
    say_what(exporting->desk, exporting->shelf, line, &what);
    return grid_take_row(
        &exporting->grid,
        json_pack("[o s s s s s s s]", line->position ? json_integer((json_int_t)line->position) : json_null(),
                  buf_text(&at), buf_text(&who), buf_text(&act), buf_text(&what), line->actor, line->act, line->object),
        err);
}

bool page_audit_csv(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    static const struct {
        const char *id;
        GridKind kind;
    } columns[] = {
        { "position", GRID_NUMBER }, { "at", GRID_TEXT },    { "who", GRID_TEXT },  { "act", GRID_TEXT },
        { "what", GRID_TEXT },       { "actor", GRID_TEXT }, { "name", GRID_TEXT }, { "object", GRID_TEXT }
    };
    AuditOutcome outcome;
    Asked asked;
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_AUDIT, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    OWNED(Shelf) shelf = shelf_take(office_of(request));
    Exporting exporting = { .desk = &desk, .shelf = shelf };
    take_asked(desk.query, &asked);
    asked.before_ms = asked.before = INT64_MAX;
    const AuditWanted wanted = wanted_of(&desk, &asked);
    if (!grid_init(&exporting.grid, "", err))
        return false;
    for (size_t i = 0; i < COUNT(columns); i++)
        grid_add_column(&exporting.grid, columns[i].id, say(&desk, columns[i].id), columns[i].kind);
    answer->status = 200;
    answer->content_type = "text/csv; charset=utf-8";
    (void)snprintf(answer->disposition, sizeof answer->disposition, "attachment; filename=\"audit.csv\"");
    bool done = audit_export(office_of(request), &wanted, export_line, &exporting, &outcome, err) &&
                grid_csv(&exporting.grid, &answer->body, err);
    grid_fini(&exporting.grid);
    return done;
}
