#include "registrar/console/staff_words.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"

static const char *word(const Desk *desk, const char *prefix, const char *id)
{
    char whole[64];

    (void)snprintf(whole, sizeof whole, "say.staff.%s.%s", prefix, id);
    return view_text(desk->sheet.pages, desk->sheet.language, whole);
}

void staff_words_roles(const Desk *desk, unsigned roles, Buf *buf)
{
    const char *before = "";

    for (int i = 0; i < ROLE_OF_COUNT; i++)
        if (roles & 1u << i) {
            buf_add_format(buf, "%s%s", before, word(desk, "role", role_name((Role)i)));
            before = ", ";
        }
}

void staff_words_scope(const Desk *desk, const StaffScope *scope, Buf *buf)
{
    static const char *const kinds[] = { "faculty", "unit", "window", "printer" };
    static_assert(COUNT(kinds) == SCOPE_KIND_COUNT, "one word per ScopeKind");
    const char *before = "";

    for (size_t kind = 0; kind < COUNT(kinds); kind++)
        for (size_t i = 0; i < scope->count[kind]; i++) {
            buf_add_format(buf, "%s%s %s", before, word(desk, "scope", kinds[kind]), scope->names[kind][i]);
            before = ", ";
        }
    if (!before[0])
        buf_add_text(buf, word(desk, "scope", "everywhere"));
}

void staff_words_time(const Desk *desk, int64_t at_s, Buf *buf)
{
    const Office *office = desk->sheet.context->office;

    if (at_s == 0) {
        buf_add_text(buf, word(desk, "time", "never"));
        return;
    }
    moment_write_near(buf, date_time_at(at_s * 1000, office_config(office)->utc_offset_minutes), office_today(office),
                      desk->sheet.language);
}

json_t *staff_words_choices(const Desk *desk, unsigned given)
{
    json_t *list = json_array();

    for (int i = 0; i < ROLE_OF_COUNT; i++) {
        const char *name = role_name((Role)i);

        (void)json_array_append_new(list, json_pack("{ss ss ss sb}", "role-id", name, "role-words",
                                                    word(desk, "role", name), "role-does", word(desk, "does", name),
                                                    "is-given", (given & 1u << i) != 0));
    }
    return list;
}

bool staff_words_sessions(Desk *desk, const char *name, json_t **ret_rows, Error *err)
{
    StaffSessionRow rows[STAFF_SESSIONS_MOST];
    size_t count;

    if (!staff_session_list(desk->sheet.context->office, name, rows, &count, err))
        return false;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        OWNED_BUF began, used;

        buf_init(&began, 96);
        buf_init(&used, 96);
        staff_words_time(desk, rows[i].began_at_s, &began);
        staff_words_time(desk, rows[i].used_at_s, &used);
        (void)json_array_append_new(
            list, json_pack("{ss ss ss ss ss sb}", "session-id", rows[i].id, "session-device",
                            rows[i].device[0] ? rows[i].device : word(desk, "device", "unknown"), "session-source",
                            rows[i].source, "session-began", buf_text(&began), "session-used", buf_text(&used),
                            "is-this", strcmp(rows[i].id, desk->staff.id) == 0));
    }
    *ret_rows = list;
    return true;
}
