/* One service: what one gets, for whom, how long, what it costs; and if not for you, why and what to do instead. */
#include "kiosk/screens/build.h"

#include <string.h>

#define PAPER_MM       174.0F
#define PAPER_SMALL_MM 120.0F /* leaves room for what to do instead */

/* --- facts ---------------------------------------------------------------------------------------------------------
 */

static void fact(Page *page, const char *icon, const char *label, const char *words)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "",
              (Style){ .axis = AXIS_ROW, .align = ALIGN_CENTRE, .gap = 5.0F, .grow = 1.0F });
    part_icon(page, icon, 12.0F, COLOUR_BRAND);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F, .gap = 0.6F });
    part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, label);
    part_text(page, TEXT_BODY, WEIGHT_SEMIBOLD, COLOUR_NONE, words);
    tree_close(page->tree);
    tree_close(page->tree);
}

static const char *const language_names[] = {
    /* TRANSLATORS: the next ones are languages of a paper */
    [LANGUAGE_UZ] = N_("Uzbek"),
    [LANGUAGE_UZ_CYRL] = N_("Uzbek (Cyrillic)"),
    [LANGUAGE_RU] = N_("Russian"),
    [LANGUAGE_EN] = N_("English"),
};
static_assert(COUNT(language_names) == LANGUAGE_COUNT, "a name for every language");

static const char *languages(Page *page, const Service *service)
{
    const char *words = "";

    for (size_t i = 0; i < service->language_count; i++) {
        const char *name = say(page, language_names[service->languages[i]]);
        words = i == 0 ? name : fill(page, "{0} · {1}", words, name);
    }
    return words;
}

/* Whether copies left today say anything to this student. */
static bool counts(const ApiService *offer)
{
    return offer && (offer->allowed || offer->reason == REASON_LIMIT);
}

static void facts(Page *page, const Service *service, const ApiService *offer)
{
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .grow = 1.0F });
    /* TRANSLATORS: labels of facts about a paper: for whom, how long, cost, copies left today, languages, how it is
     * checked */
    fact(page, "person", say(page, "For whom"), words_local(page, &service->whom));
    part_line(page);
    fact(page, "clock", say(page, "How long"), words_how_long(page, service));
    part_line(page);
    fact(page, "money", say(page, "Cost"), words_cost(page, service));
    part_line(page);
    if (counts(offer)) {
        fact(page, "copies", say(page, "Today"), words_copies(page, offer));
        part_line(page);
    }
    fact(page, "globe", say(page, "Language"), languages(page, service));
    part_line(page);
    fact(page, "shield", say(page, "Checked by"), say(page, "its QR code"));
    tree_close(page->tree);
}

static void contents(Page *page, const Service *service)
{
    if (service->contains_count == 0)
        return;
    part_space(page, MM_G3);
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_card(10.0F));
    /* TRANSLATORS: title over a list of what stands on the paper */
    part_text(page, TEXT_HEADING, WEIGHT_OF_ROLE, COLOUR_NONE, say(page, "What the paper says"));
    part_space(page, MM_G2);
    tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .columns = 2, .gap = 7.0F });
    for (size_t i = 0; i < service->contains_count; i++) {
        tree_open(page->tree, ROLE_GROUP, NULL, "", style_row(3.5F));
        part_icon(page, "check", 9.0F, COLOUR_GOOD);
        part_text(page, TEXT_BODY, WEIGHT_REGULAR, COLOUR_NONE, words_local(page, &service->contains[i]))->style.grow =
            1.0F;
        tree_close(page->tree);
    }
    tree_close(page->tree);
    tree_close(page->tree);
}

/* --- not for you ---------------------------------------------------------------------------------------------------
 */

static const char *why_not(Page *page, const ApiService *offer)
{
    switch (offer->reason) {
    case REASON_STATUS:
        /* TRANSLATORS: the next ones say why a paper is not for this student now */
        return say(page, "This paper is for those who are studying now. Your record shows another status.");
    case REASON_FORM: return say(page, "This paper is for another form of study than yours.");
    case REASON_LIMIT: return say(page, "You have had all of today’s copies. Tomorrow you can get more.");
    case REASON_SEASON: return say(page, "This paper is given at another time of the year.");
    case REASON_WEAK:
        return say(page, "You signed in with the first password that HEMIS gave you. Change it, then come back.");
    case REASON_RECORD: return say(page, "Something that the paper needs is missing from your record.");
    case REASON_NONE:
    case REASON_COUNT: break;
    }
    return say(page, "This paper is not available to you now.");
}

static const char *way_on(Page *page, const ApiService *offer)
{
    if (offer->way_on == WAY_ON_DATE)
        /* TRANSLATORS: {0} is a date */
        return fill(page, say(page, "Available from {0}."), words_iso_date(page, offer->way_on_value));
    if (offer->way_on == WAY_ON_SERVICE)
        /* TRANSLATORS: {0} is the name of another service */
        return fill(page, say(page, "Ask for this instead: {0}."), words_service(page, offer->way_on_value));
    return ""; /* the window, told below */
}

static void somebody_else(Page *page)
{
    part_push(page);
    part_space(page, MM_G2);
    /* TRANSLATORS: at the foot of a service; {0}: when the office is open */
    part_note(
        page, "window",
        fill(page, say(page, "For someone else: at the window, with a power of attorney. {0}."), words_office(page)));
    part_space(page, 6.0F);
}

/* --- screen --------------------------------------------------------------------------------------------------------
 */

void screen_service(Page *page)
{
    const Service *service = model_service(page->model);
    const ApiService *offer = service ? model_offer(page->model, service->id) : NULL;
    bool allowed = offer && offer->allowed;
    float mm = allowed ? PAPER_MM : PAPER_SMALL_MM;

    frame_open(page);
    if (service) {
        frame_title(page, words_local(page, &service->title), words_local(page, &service->help));
        part_space(page, MM_G3);
        if (!allowed && offer) {
            Notice notice = { "warn", COLOUR_WARN_TINT, COLOUR_WARN, why_not(page, offer), way_on(page, offer) };
            part_notice(page, ROLE_ALERT, notice);
            part_space(page, MM_G3);
        }
        tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .axis = AXIS_ROW, .align = ALIGN_STRETCH, .gap = MM_G3 });
        tree_open(page->tree, ROLE_GROUP, NULL, "", (Style){ .gap = MM_G, .width = mm });
        part_sample(page, mm);
        /* TRANSLATORS: under the picture of a paper */
        part_text(page, TEXT_CAPTION, WEIGHT_REGULAR, COLOUR_INK_SOFT, say(page, "Sample"))->style.text_align =
            ALIGN_CENTRE;
        tree_close(page->tree);
        facts(page, service, offer);
        tree_close(page->tree);
        if (allowed) {
            contents(page, service);
            somebody_else(page);
        } else {
            part_space(page, MM_G3);
            part_window(page, words_local(page, &service->title));
        }
    }
    frame_bar(page);
    part_back(page);
    part_push(page);
    if (allowed)
        /* TRANSLATORS: button */
        part_main(page, "service.continue", say(page, "Continue"), "next", ACT_CONTINUE);
    frame_close(page);
}
