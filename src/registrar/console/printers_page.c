/* /office/printers: every printer, how it is, and what somebody does about it. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "registrar/console/pages.h"
#include "registrar/console/strip.h"
#include "registrar/http/query.h"

#define QUEUE "/office/prints?printer="

/* What a person does next: a row of the texts for each state that asks for one. */
static const char *next_of(const Desk *desk, const StripCell *cell)
{
    const char *word = "";
    char id[48];

    switch (cell->state) {
    case STRIP_SILENT: word = cell->row.office ? "not-served" : "silent"; break;
    case STRIP_LOW: word = cell->paper_low ? "paper-low" : "toner-low"; break;
    case STRIP_NEEDS: word = cell->word; break;
    case STRIP_READY:
    case STRIP_BUSY:
    case STRIP_UNASKED: return "";
    }
    (void)snprintf(id, sizeof id, "say.printers.next.%s", word);
    const char *words = view_text(desk->sheet.pages, desk->sheet.language, id);
    return words[0] ? words : view_text(desk->sheet.pages, desk->sheet.language, "say.printers.next.trouble");
}

/* The office's: since when it is so; a kiosk's: when it was heard.  With its day where that is not today. */
static void write_since(const StripCell *cell, int64_t now_s, int offset_minutes, Language language, Buf *ret)
{
    const int64_t at_s = cell->row.office ? cell->row.since_s : cell->row.heard_s;

    if (at_s == 0)
        return;
    const DateTime at = date_time_at(at_s * 1000, offset_minutes);
    const DateTime now = date_time_at(now_s * 1000, offset_minutes);
    if (memcmp(&at.date, &now.date, sizeof at.date) != 0) {
        date_write(ret, at.date, language, DATE_FIGURES);
        buf_add_byte(ret, ' ');
    }
    buf_add_format(ret, "%02d:%02d", at.hour, at.minute);
}

static bool add_row(const Desk *desk, const StripCell *cell, int64_t now_s, json_t *list, Error *err)
{
    const int offset = office_config(desk->sheet.context->office)->utc_offset_minutes;
    char owner[ID_SIZE];
    OWNED_BUF words, link, since;

    buf_init(&words, 400);
    buf_init(&link, 400);
    buf_init(&since, 80);
    strip_owner(cell, owner);
    strip_words(desk, cell, now_s, &words);
    write_since(cell, now_s, offset, desk->sheet.language, &since);
    buf_add_text(&link, QUEUE);
    percent_encode(str_from(owner), &link);
    buf_add_format(&link, "&l=%s", language_tag(desk->sheet.language));
    return buf_ok(&words, err) && buf_ok(&link, err) && buf_ok(&since, err) &&
           (json_array_append_new(list, json_pack("{ss ss ss ss ss ss ss sb si si}", "printer-name", cell->row.id,
                                                  "printer-place", cell->row.place, "printer-link", buf_text(&link),
                                                  "printer-class", strip_class(cell->state), "printer-words",
                                                  buf_text(&words), "printer-since", buf_text(&since), "printer-next",
                                                  next_of(desk, cell), "is-office", cell->row.office, "printer-jobs",
                                                  cell->row.jobs, "printer-sheets", cell->row.sheets)) == 0 ||
            error_set(err, ERR_MEMORY, "printers"));
}

bool page_printers(const HttpServerRequest *request, HttpServerAnswer *answer, Error *err)
{
    StripCell cells[PRINTERS_MOST];
    size_t count, needs = 0;
    OWNED_DESK desk;
    const Access access = desk_open(request, RIGHT_PRINTS, answer, &desk, err);

    if (access != ACCESS_GRANTED)
        return access == ACCESS_REFUSED;
    const int64_t now_s = clock_wall_s(&office_config(office_of(request))->clock);
    json_t *list = json_array();
    if (json_object_set_new(desk.view, "printers", list) != 0)
        return error_set(err, ERR_MEMORY, "printers");
    if (!strip_view(office_of(request), cells, COUNT(cells), &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        needs += cells[i].state == STRIP_NEEDS || cells[i].state == STRIP_SILENT;
        if (!add_row(&desk, &cells[i], now_s, list, err))
            return false;
    }
    return (json_object_set_new(desk.view, "needs", json_integer((json_int_t)needs)) == 0 ||
            error_set(err, ERR_MEMORY, "printers")) &&
           desk_view(&desk, "printers", 200, answer, err);
}
