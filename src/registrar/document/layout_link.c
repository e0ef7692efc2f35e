/* Where else to go: an address as a code, with words beside it. */
#include <assert.h>
#include <ctype.h>
#include <math.h>

#include "base/memory.h"
#include "registrar/document/layout.h"

#define CODE_SIDE_MM 20.0
#define WORDS_AT     (LEFT + CODE_SIDE_MM + 6)
#define VERSION_MOST 3

OWNED_BY(Qr, mem_free)

static Qr *code_of(const Words *address, Error *err)
{
    char capitals[sizeof LINK_SCHEME + LINK_HOST_MOST];
    const Str text = address->pieces[0].text;
    OWNED(Qr) code = mem_new(1, sizeof *code);

    if (!code) {
        error_set(err, ERR_MEMORY, "link");
        return NULL;
    }
    assert(text.len < sizeof capitals); /* the template was checked */
    for (size_t i = 0; i < text.len; i++)
        capitals[i] = (char)toupper((unsigned char)text.ptr[i]);
    return qr_make((Str){ capitals, text.len }, STR(""), VERSION_MOST, code, err) ? steal(&code) : NULL;
}

bool lay_link(Flow *flow, const Block *block, Error *err)
{
    Item code = { .kind = ITEM_CODE, .x = MM(LEFT), .width = MM(CODE_SIDE_MM), .height = MM(CODE_SIDE_MM) };
    PangoLayout *words;
    double height;

    if (!set_words(flow, STYLE_NOTE, &block->words[LINK_TEXT], RIGHT - WORDS_AT, PANGO_ALIGN_LEFT, &words, err))
        return false;
    height = layout_height(words);
    flow_need(flow, fmax(height, CODE_SIDE_MM));
    code.page = flow->page;
    code.y = MM(flow->y);
    if (!place_layout(flow, words, WORDS_AT, flow->y + fmax(0, (CODE_SIDE_MM - height) / 2), err))
        return false;
    code.code = code_of(&block->words[LINK_ADDRESS], err);
    if (!code.code || !sheets_add(flow->sheets, code, err))
        return false;
    flow->y += fmax(height, CODE_SIDE_MM);
    return true;
}
