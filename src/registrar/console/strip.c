#include "registrar/console/strip.h"

#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "registrar/api/access.h"
#include "registrar/http/query.h"

#define CELLS_MOST 14 /* two rows at 1366 */

const char *strip_class(StripState state)
{
    static const char *const classes[] = {
        [STRIP_READY] = "done",  [STRIP_BUSY] = "running",  [STRIP_LOW] = "low",
        [STRIP_NEEDS] = "needs", [STRIP_SILENT] = "silent", [STRIP_UNASKED] = "waiting",
    };

    return classes[state];
}

void strip_owner(const StripCell *cell, char ret[ID_SIZE])
{
    if (cell->row.office)
        printer_owner(cell->row.id, ret);
    else
        str_copy_cut(str_from(cell->row.id), ret, ID_SIZE);
}

static const char *text_of(const Desk *desk, const char *id)
{
    char whole[48];

    (void)snprintf(whole, sizeof whole, "say.printers.%s", id);
    return view_text(desk->sheet.pages, desk->sheet.language, whole);
}

/* A word that a newer kiosk says, and that this registrar has none for, is still a printer that needs somebody. */
void strip_words(const Desk *desk, const StripCell *cell, int64_t now_s, Buf *ret)
{
    const char *words;
    char number[24];
    const char *const values[] = { number };
    int64_t n = cell->row.jobs;

    switch (cell->state) {
    case STRIP_BUSY: words = text_of(desk, n > 1 ? "busy-line" : "busy"); break;
    case STRIP_LOW: words = text_of(desk, cell->paper_low ? "paper-low" : "toner-low"); break;
    case STRIP_SILENT:
        words = text_of(desk, cell->row.office ? "not-served" : "silent");
        n = (now_s - cell->row.heard_s) / 60;
        break;
    case STRIP_READY: words = text_of(desk, "ready"); break;
    case STRIP_UNASKED: words = text_of(desk, "unasked"); break;
    case STRIP_NEEDS:
    default: words = text_of(desk, cell->word); break;
    }
    (void)snprintf(number, sizeof number, "%lld", (long long)n);
    text_fill(ret, words[0] ? words : text_of(desk, "trouble"), values, 1);
}

static bool add_cell(const Desk *desk, const StripCell *cell, const char *path, const char *chosen, int64_t now_s,
                     json_t *list, Error *err)
{
    char owner[ID_SIZE];
    OWNED_BUF words, link;

    buf_init(&words, 400);
    buf_init(&link, 400);
    strip_owner(cell, owner);
    strip_words(desk, cell, now_s, &words);
    buf_add_text(&link, path);
    percent_encode(str_from(owner), &link);
    buf_add_format(&link, "&l=%s", language_tag(desk->sheet.language));
    return buf_ok(&words, err) && buf_ok(&link, err) &&
           (json_array_append_new(list, json_pack("{sb ss ss ss ss ss si sb}", "cell-is-office", cell->row.office,
                                                  "cell-name", cell->row.id, "cell-place", cell->row.place, "cell-link",
                                                  buf_text(&link), "cell-class", strip_class(cell->state), "cell-words",
                                                  buf_text(&words), "cell-sheets", cell->row.sheets, "cell-chosen",
                                                  chosen && strcmp(chosen, owner) == 0)) == 0 ||
            error_set(err, ERR_MEMORY, "strip"));
}

bool desk_strip(Desk *desk, const char *path, const char *chosen, Error *err)
{
    Office *office = desk->sheet.context->office;
    StripCell cells[PRINTERS_MOST];
    json_t *list = json_array();
    const int64_t now_s = clock_wall_s(&office_config(office)->clock);
    size_t count;

    if (json_object_set_new(desk->view, "strip", list) != 0)
        return error_set(err, ERR_MEMORY, "strip");
    if (!strip_view(office, cells, COUNT(cells), &count, err))
        return false;
    for (size_t i = 0; i < count && i < CELLS_MOST; i++)
        if (!add_cell(desk, &cells[i], path, chosen, now_s, list, err))
            return false;
    return json_object_set_new(desk->view, "strip-more",
                               json_integer(count > CELLS_MOST ? (json_int_t)(count - CELLS_MOST) : 0)) == 0 ||
           error_set(err, ERR_MEMORY, "strip");
}
