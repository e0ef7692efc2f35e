#include "kiosk/screens/screens.h"

#include "kiosk/screens/build.h"

static void (*const builders[])(Page *page) = {
    [SCREEN_OUT_OF_SERVICE] = screen_out_of_service,
    [SCREEN_ATTRACT] = screen_attract,
    [SCREEN_SIGN_IN] = screen_sign_in,
    [SCREEN_HOME] = screen_home,
    [SCREEN_SEARCH] = screen_search,
    [SCREEN_REQUESTS] = screen_requests,
    [SCREEN_REQUEST] = screen_request,
    [SCREEN_SERVICE] = screen_service,
    [SCREEN_FORM] = screen_form,
    [SCREEN_REVIEW] = screen_review,
    [SCREEN_PREVIEW] = screen_preview,
    [SCREEN_PRINTING] = screen_printing,
    [SCREEN_DONE] = screen_done,
    [SCREEN_PHONE] = screen_phone,
    [SCREEN_HANDED_IN] = screen_handed_in,
    [SCREEN_FAULT] = screen_fault,
    [SCREEN_DISPLAY] = screen_display,
    [SCREEN_PAPER] = screen_paper,
    [SCREEN_INFORMATION] = screen_information,
    [SCREEN_ARTICLE] = screen_article,
    [SCREEN_STUDY] = screen_study,
    [SCREEN_LOOKS] = screen_looks,
    [SCREEN_TOPICS] = screen_topics,
    [SCREEN_TICKET] = screen_ticket,
    [SCREEN_CALL] = screen_call,
    [SCREEN_CARD] = screen_card,
    [SCREEN_GRANT] = screen_grant,
    [SCREEN_LEAVE] = screen_leave,
    [SCREEN_STILL_THERE] = screen_still_there,
};
static_assert(COUNT(builders) == SCREEN_COUNT, "one builder per screen");

void screen_languages(Page *page)
{
    frame_open(page);
    /* TRANSLATORS: title over the list of languages */
    frame_title(page, say(page, "Choose the language"),
                page_is_tight(page) ? "" : say(page, "What you typed stays as it is."));
    part_space(page, page_is_tight(page) ? MM_G : MM_G3);
    part_languages(page);
    frame_bar(page);
    part_back(page);
    frame_close(page);
}

void screen_build(const Model *model, Tree *tree)
{
    GlassSettings glass = model_glass(model);
    Page page = { .model = model,
                  .visit = &model->visit,
                  .tree = tree,
                  .language = model_language(model),
                  .wide = model_wide(model),
                  .low = glass.low_reach,
                  .left = glass.left_handed,
                  .scale = (float)glass.text_percent / 100.0F,
                  .width = model_glass_width(model),
                  .height = model_reach(model) };
    ScreenKind screen = model_screen(model);

    if (screen != SCREEN_STILL_THERE && model->visit.choosing_language)
        screen_languages(&page);
    else if (screen != SCREEN_STILL_THERE && model->visit.settings_shown)
        screen_settings(&page);
    else if (screen == SCREEN_FAULT && model->visit.fault.at_window)
        screen_fault_window(&page);
    else
        builders[screen](&page);
}
