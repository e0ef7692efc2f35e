/* What closes a paper: signatures, the code with its words, the line at each page's foot. */
#include <math.h>

#include "registrar/document/layout.h"

#define CODE_X 25.146 /* 99 times 0.254 */
#define CODE_Y 243.078
#define WORDS_X                                                                                                        \
    62.5 /* clear of the quiet zone of version 13, so that the text stands where it is for every version               \
          */
#define WORDS_Y    242.2
#define LINE_X     93.0
#define LINE_WIDTH 46.0
#define ROLE_WIDTH 64.0
#define NAME_X     143.0
#define SIGN_ROOM  8.0 /* above a line that follows another, or text */
#define STAMP_X    128.0
#define STAMP_RISE 9.0 /* its middle above the foot of the signature's line */
#define STAMP_TOP  22.0

/* A signature's words, set but not yet placed; the last lines of role and name stand on its line. */
typedef struct SignatureSet {
    const Signature *signature;
    PangoLayout *role, *name;
    double height;
} SignatureSet;

typedef struct SignatureSets {
    SignatureSet items[TEMPLATE_SIGNATURES_MOST];
    size_t count;
} SignatureSets;

static void sets_fini(SignatureSets *sets)
{
    for (size_t i = 0; i < sets->count; i++) {
        if (sets->items[i].role)
            g_object_unref(sets->items[i].role);
        if (sets->items[i].name)
            g_object_unref(sets->items[i].name);
    }
}

static bool set_signatures(Flow *flow, const Signatures *signatures, SignatureSets *ret, Error *err)
{
    for (size_t i = 0; i < signatures->count; i++) {
        const Signature *signature = &signatures->rows[i];
        SignatureSet *set = &ret->items[ret->count];

        if (!presence_holds(&signature->when, &flow->scope))
            continue;
        ret->count++;
        set->signature = signature;
        if (!set_words(flow, STYLE_ROLE, &signature->role, ROLE_WIDTH, PANGO_ALIGN_LEFT, &set->role, err) ||
            !set_words(flow, STYLE_SIGNATORY, &signature->name, RIGHT - NAME_X, PANGO_ALIGN_RIGHT, &set->name, err))
            return false;
        set->height = fmax(layout_height(set->role), layout_height(set->name));
    }
    return true;
}

/* With its foot at flow->y. */
static bool place_signature(Flow *flow, SignatureSet *set, Error *err)
{
    PangoLayout *role = set->role, *name = set->name;
    const double foot = flow->y;
    double bottom;

    set->role = NULL;
    if (!place_layout(flow, role, LEFT, foot - layout_height(role), err) ||
        !place_rule(flow, LINE_X, foot - 0.9, LINE_WIDTH, RULE_HALF, err) ||
        !place_words(flow, STYLE_CAPTION, &set->signature->caption, LINE_X, foot - 0.5, LINE_WIDTH, PANGO_ALIGN_CENTER,
                     &bottom, err))
        return false;
    set->name = NULL;
    return place_layout(flow, name, NAME_X, foot - layout_height(name), err);
}

static bool place_waiting_stamp(Flow *flow, Error *err)
{
    const Block *stamp = flow->stamp;

    flow->stamp = NULL;
    return !stamp || place_stamp(flow, &stamp->words[STAMP_TEXT], STAMP_X, flow->y - STAMP_RISE, err);
}

/* Of all, and above them what a stamp takes. */
static double sets_height(const SignatureSets *sets, bool stamp, double *ret_above)
{
    double height = 0;

    for (size_t i = 0; i < sets->count; i++)
        height += sets->items[i].height + (i > 0 ? SIGN_ROOM : 0);
    *ret_above = stamp && sets->count > 0 ? fmax(0, STAMP_TOP - sets->items[0].height) : 0;
    return height;
}

static double room_around(const Flow *flow)
{
    return flow->page == 0 ? 1 : SIGN_ROOM;
}

double signatures_room(Flow *flow, const Block *block, bool stamp)
{
    __attribute__((cleanup(sets_fini))) SignatureSets sets = { 0 };
    double above;

    if (!set_signatures(flow, block->signatures, &sets, NULL) || sets.count == 0)
        return 0;
    return sets_height(&sets, stamp, &above) + above + room_around(flow);
}

/* At the same height on the first page of every paper while there is room; else under the text, all together. */
bool lay_signatures(Flow *flow, const Block *block, Error *err)
{
    __attribute__((cleanup(sets_fini))) SignatureSets sets = { 0 };
    double height, above;

    if (!set_signatures(flow, block->signatures, &sets, err))
        return false;
    if (sets.count == 0)
        return true;
    height = sets_height(&sets, flow->stamp != NULL, &above);
    flow_need(flow, above + height + room_around(flow));
    flow->y = above + (flow->page == 0 ? fmax(SIGNATURE_Y - above - height, flow->y) : flow->y + SIGN_ROOM - 1);
    for (size_t i = 0; i < sets.count; i++) {
        flow->y += sets.items[i].height + (i > 0 ? SIGN_ROOM : 0);
        if (!place_signature(flow, &sets.items[i], err) || !place_waiting_stamp(flow, err))
            return false;
    }
    return true;
}

static bool lay_check_address(Flow *flow, double y, double *ret_bottom, Error *err)
{
    static const char text[] =
        "{check_address}<span weight=\"bold\" letter_spacing=\"768\" allow_breaks=\"false\">{code}</span>";
    Words words;
    bool placed;

    if (!words_parse(str_from(text), &words, err))
        return false;
    placed =
        place_words(flow, STYLE_CHECK_ADDRESS, &words, WORDS_X, y, RIGHT - WORDS_X, PANGO_ALIGN_LEFT, ret_bottom, err);
    words_fini(&words);
    return placed;
}

/* At the foot of the first page, wherever the text has come to. */
bool lay_check(Flow *flow, const Block *block, Error *err)
{
    const int page = flow->page;
    const Item code = { .kind = ITEM_CODE, .page = 0, .x = MM(CODE_X), .y = MM(CODE_Y) };
    const double width = RIGHT - WORDS_X;
    double y;

    flow->page = 0;
    if (!place_rule(flow, LEFT, CHECK_RULE, TEXT_WIDTH, RULE_HAIR, err) || !sheets_add(flow->sheets, code, err) ||
        !place_words(flow, STYLE_CHECK_HEAD, &block->words[CHECK_HEAD], WORDS_X, WORDS_Y, width, PANGO_ALIGN_LEFT, &y,
                     err) ||
        !lay_check_address(flow, y + 0.6, &y, err) ||
        !place_words(flow, STYLE_CHECK_NOTE, &block->words[CHECK_NOTE], WORDS_X, y + 1.3, width, PANGO_ALIGN_LEFT, &y,
                     err) ||
        !place_words(flow, STYLE_CHECK_NOTE, &block->words[CHECK_SECOND_NOTE], WORDS_X, y + 1.3, width,
                     PANGO_ALIGN_LEFT, &y, err))
        return false;
    if (y > FOOT_Y - 0.5)
        flow->sheets->fits = false;
    flow->page = page;
    return true;
}

bool lay_foot(Flow *flow, const Block *block, Error *err)
{
    static const PangoAlignment aligns[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT };
    double bottom;

    for (size_t i = 0; i < COUNT(aligns); i++) {
        const double width = i == 1 ? 75 : 45, x = i == 0 ? LEFT : i == 1 ? LEFT + 45 : RIGHT - 45;

        if (!place_words(flow, STYLE_FOOT, &block->words[i], x, FOOT_Y, width, aligns[i], &bottom, err))
            return false;
        if (bottom > FOOT_Y + 4)
            flow->sheets->fits = false;
    }
    return true;
}
