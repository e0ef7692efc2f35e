#include "kiosk/screens/notices.h"

/* A text that falls back is in another language than was asked for: for who reads it aloud. */
static Language language_of(const ApiNotice *notice, Language wanted)
{
    const char *words = notice_text(notice, wanted);

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (words == notice->texts[i])
            return (Language)i;
    return wanted;
}

/* Warnings are told by their sign and their plate, not by colour alone. */
static void notice_box(Page *page, const ApiNotice *notice, Language language, const char *id, const char *place)
{
    bool warns = notice->severity == NOTICE_WARN;
    Style style = { .axis = AXIS_ROW,
                    .align = ALIGN_CENTRE,
                    .gap = 6.0F,
                    .fill = warns ? COLOUR_WARN_TINT : COLOUR_SURFACE,
                    .ink = COLOUR_INK,
                    .border = warns ? COLOUR_WARN : COLOUR_NONE,
                    .border_px = 2,
                    .shadow = !warns,
                    .corner = MM_R,
                    .pad_top = 6.0F,
                    .pad_right = MM_G2,
                    .pad_bottom = 6.0F,
                    .pad_left = MM_G2 };

    tree_open(page->tree, ROLE_STATUS, id, "", style);
    part_icon(page, warns ? "warn" : "notice", 12.0F, warns ? COLOUR_WARN : COLOUR_BRAND);
    Node *words = part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, notice_text(notice, language));
    words->style.grow = 1.0F;
    words->language = language_of(notice, language);
    if (place[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, place)->language = language;
    tree_close(page->tree);
}

bool page_has_notice(const Page *page)
{
    size_t place, of;

    return model_notice(page->model, &place, &of) != NULL;
}

void part_notice_turn(Page *page)
{
    size_t place, of;
    const ApiNotice *notice = model_notice(page->model, &place, &of);
    Page in_turn = *page;

    if (!notice)
        return;
    in_turn.language = model_greeting(page->model);
    const char *which = of > 1 ? fill(&in_turn, say(&in_turn, "{0} of {1}"), words_number(page, (int64_t)place + 1),
                                      words_number(page, (int64_t)of))
                               : "";
    notice_box(page, notice, in_turn.language, "notice", which);
}

void part_notices(Page *page, float below)
{
    const ApiNotice *on[NOTICES_MOST];
    size_t count = model_notices(page->model, on);

    for (size_t i = 0; i < count; i++) {
        if (on[i]->severity != NOTICE_WARN)
            continue;
        notice_box(page, on[i], page->language, tree_format(page->tree, "notice.%lld", (long long)on[i]->id), "");
        part_space(page, below);
    }
}
