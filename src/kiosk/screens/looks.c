/* Who looked: sign-ins, papers, checks of them, the office; newest first, a sentence each. */
#include "kiosk/screens/build.h"
#include "kiosk/screens/mine.h"

static Plate mark_of(LookKind kind)
{
    static const Plate marks[] = {
        [LOOK_SIGNED_IN] = { "person", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false },
        [LOOK_ISSUED] = { "print", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false },
        [LOOK_TO_PHONE] = { "phone", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false },
        [LOOK_CHECKED] = { "shield", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false },
        [LOOK_SEEN] = { "eye", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false },
        [LOOK_WORKED] = { "edit", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false },
        [LOOK_CORRECTED] = { "edit", 24.0F, 14.0F, COLOUR_WARN_TINT, COLOUR_WARN, false },
        [LOOK_HANDED_OUT] = { "hand", 24.0F, 14.0F, COLOUR_TINT, COLOUR_BRAND, false },
    };
    static_assert(COUNT(marks) == LOOK_KIND_COUNT, "a mark for every kind");

    return marks[kind];
}

/* What it was: a paper or request by its name, else what kind of thing. */
static const char *thing(Page *page, const ApiLook *look)
{
    if (look->service[0])
        return words_service(page, look->service);
    switch (look->on) {
    /* TRANSLATORS: the next ones stand alone, below what was done with it, such as "Registrar’s office looked at it" */
    case LOOK_ON_RECORD: return say(page, "Your record");
    case LOOK_ON_REQUEST: return say(page, "Your request");
    case LOOK_ON_INVOICE: return say(page, "Your invoice");
    case LOOK_ON_DOCUMENT: return say(page, "Your paper");
    case LOOK_ON_ACCOUNT:
    case LOOK_ON_COUNT: break;
    }
    return "";
}

static const char *who(Page *page, const ApiLook *look)
{
    /* TRANSLATORS: who did it, at the beginning of a sentence */
    return look->unit[0] ? words_unit(page, look->unit) : say(page, "Registrar’s office");
}

static const char *sentence(Page *page, const ApiLook *look)
{
    switch (look->kind) {
    case LOOK_SIGNED_IN: return say(page, "You signed in at a kiosk");
    case LOOK_ISSUED:
        return look->by == LOOK_BY_STAFF ? fill(page, say(page, "{0} made your paper"), who(page, look))
                                         : say(page, "You got a paper");
    case LOOK_TO_PHONE: return say(page, "You took a paper to a phone");
    case LOOK_CHECKED:
        return look->times > 1 ? fill(page,
                                      say_n(page, "Somebody with your paper checked it {0} time",
                                            "Somebody with your paper checked it {0} times", look->times),
                                      words_number(page, look->times))
                               : say(page, "Somebody with your paper checked it");
    /* TRANSLATORS: {0} is a part of the university, such as "Dean" */
    case LOOK_SEEN: return fill(page, say(page, "{0} looked at it"), who(page, look));
    case LOOK_WORKED: return fill(page, say(page, "{0} worked on it"), who(page, look));
    case LOOK_CORRECTED: return fill(page, say(page, "{0} corrected it"), who(page, look));
    case LOOK_HANDED_OUT: return fill(page, say(page, "{0} handed it out at the window"), who(page, look));
    case LOOK_KIND_COUNT: break;
    }
    return "";
}

/* "Certificate of study · № M-2026/000017 · 1st floor" */
static const char *details(Page *page, const ApiLook *look)
{
    const char *words = thing(page, look);

    if (look->number[0])
        words = words[0] ? fill(page, "{0} · № {1}", words, look->number) : fill(page, "№ {0}", look->number);
    if (look->place[0])
        words = words[0] ? fill(page, "{0} · {1}", words, look->place) : look->place;
    return words;
}

static void row(Page *page, const ApiLook *look, size_t index)
{
    const char *when = words_moment_near(page, look->at_s * 1000);
    const char *what = details(page, look);
    Style style = style_row(6.0F);

    style.pad_left = style.pad_right = MM_G2;
    style.pad_top = style.pad_bottom = 5.0F;
    Node *node = tree_open(page->tree, ROLE_ROW, tree_format(page->tree, "looks.%zu", index + 1), "", style);
    node->said = what[0] ? fill(page, "{0}. {1}. {2}", sentence(page, look), what, when)
                         : fill(page, "{0}. {1}", sentence(page, look), when);
    part_mine_mark(page, mark_of(look->kind));
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 1.0F });
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, sentence(page, look));
    if (what[0])
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_NONE, what);
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, when);
    tree_close(page->tree);
    tree_close(page->tree);
}

static void list(Page *page, const ApiLooks *looks)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(0.0F));
    for (size_t i = 0; i < looks->count; i++) {
        if (i > 0)
            part_line(page);
        row(page, &looks->items[i], i);
    }
    tree_close(page->tree);
    part_space(page, MM_G2);
    if (looks->more)
        part_note(page, "clock", say(page, "Older ones are kept: ask at the window."));
    part_note(page, "shield",
              say(page, "Who checks a paper without a network is not seen here. If something is not right, tell the "
                        "registrar’s office."));
}

static void waiting(Page *page)
{
    Node *node = tree_leaf(page->tree, ROLE_STATUS, "looks.waiting",
                           /* TRANSLATORS: while the list of who looked comes */
                           say(page, "Looking up who looked…"), style_text(TEXT_BODY, WEIGHT_REGULAR, COLOUR_INK_SOFT));

    node->icon = "clock";
    node->style.axis = AXIS_ROW;
    part_space(page, MM_G2);
    part_patience(page, say(page, "This takes longer than usual. You can wait, or finish and come back later."));
}

void screen_looks(Page *page)
{
    const ApiLooks *looks = page->visit->study.looks;

    frame_open(page);
    /* TRANSLATORS: title: who looked at the student's data, and the line under it */
    frame_title(page, say(page, "Who looked at my data"),
                page_is_tight(page) ? "" : say(page, "Sign-ins, papers, checks of them, and the university’s staff"));
    part_space(page, MM_G2);
    if (!looks)
        waiting(page);
    else if (looks->count == 0)
        part_note(page, "shield", say(page, "Nobody has looked yet."));
    else
        list(page, looks);
    frame_bar(page);
    part_back(page);
    part_push(page);
    part_finish(page);
    frame_close(page);
}
