/* /office/visitors: people without an account whose passport is still to be seen.  It is confirmed on the request's own
 * page, where what they asked for stands. */
#include "base/memory.h"
#include "registrar/console/applications.h"
#include "registrar/console/pages.h"
#include "registrar/office/visitors.h"

static void put_rows(const Desk *desk, const VisitorList *list)
{
    json_t *rows = json_array();
    OWNED_BUF next;

    buf_init(&next, 120);
    for (size_t i = 0; i < list->count; i++) {
        const VisitorWaiting *waiting = &list->lines[i];
        json_t *one = json_object();
        OWNED_BUF when, link;

        buf_init(&when, 80);
        buf_init(&link, 120);
        say_moment(desk, waiting->line.asked_at_s, &when);
        buf_add_format(&link, "/office/requests/%s?l=%s", waiting->line.request, language_tag(desk->sheet.language));
        view_put(one, "row-link", buf_text(&link));
        view_put(one, "row-number", waiting->line.number);
        view_put(one, "row-title", say_title(desk, &waiting->title, waiting->line.service));
        view_put(one, "row-who", waiting->holder);
        view_put(one, "row-when", buf_text(&when));
        (void)json_array_append_new(rows, one);
    }
    if (list->more)
        buf_add_format(&next, "/office/visitors?l=%s&after=%s", language_tag(desk->sheet.language),
                       list->lines[list->count - 1].line.request);
    view_put(desk->view, "next", buf_text(&next));
    (void)json_object_set_new(desk->view, "rows", rows);
}

bool page_visitors(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    char after[ID_SIZE];
    OWNED_DESK desk;
    Access access = desk_open(request, RIGHT_REQUESTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    VisitorList *list = mem_new(1, sizeof *list);
    if (!list)
        return error_set(err, ERR_MEMORY, "visitors");
    desk_asked(desk.query, "after", after, sizeof after);
    /* Who has no account is of no faculty. */
    bool done =
        !inbox_sees(desk_scope(&desk), INBOX_OVER, "", "") || visitors_look(office_of(request), after, list, err);
    if (done)
        put_rows(&desk, list);
    visitor_list_fini(list);
    mem_free_wiped(list, sizeof *list);
    return done && desk_view(&desk, "visitors", 200, answer, err);
}
