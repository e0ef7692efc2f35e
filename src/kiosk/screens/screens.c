#include "kiosk/screens/screens.h"

#include "kiosk/screens/build.h"

static void (*const builders[])(Page *page) = {
    [SCREEN_OUT_OF_SERVICE] = screen_out_of_service,
    [SCREEN_ATTRACT] = screen_attract,
    [SCREEN_SIGN_IN] = screen_sign_in,
    [SCREEN_HOME] = screen_home,
    [SCREEN_SERVICE] = screen_service,
    [SCREEN_FORM] = screen_form,
    [SCREEN_REVIEW] = screen_review,
    [SCREEN_PREVIEW] = screen_preview,
    [SCREEN_PRINTING] = screen_printing,
    [SCREEN_DONE] = screen_done,
    [SCREEN_FAULT] = screen_fault,
    [SCREEN_LEAVE] = screen_leave,
    [SCREEN_STILL_THERE] = screen_still_there,
};
static_assert(COUNT(builders) == SCREEN_COUNT, "one builder per screen");

void screen_languages(Page *page)
{
    frame_open(page);
    /* TRANSLATORS: title over the list of languages */
    frame_title(page, say(page, "Choose the language"), say(page, "What you typed stays as it is."));
    part_space(page, MM_G3);
    tree_open(page->tree, ROLE_GROUP, NULL, "", style_column(MM_G));
    part_languages(page);
    tree_close(page->tree);
    frame_bar(page);
    part_back(page);
    frame_close(page);
}

void screen_build(const Model *model, Tree *tree)
{
    Page page = { .model = model, .visit = &model->visit, .tree = tree, .language = model_language(model) };
    ScreenKind screen = model_screen(model);

    if (screen != SCREEN_STILL_THERE && screen != SCREEN_LEAVE && model->visit.choosing_language)
        screen_languages(&page);
    else if (screen == SCREEN_FAULT && model->visit.fault.at_window)
        screen_fault_window(&page);
    else
        builders[screen](&page);
}
