#include "kiosk/screens/screens.h"

#include "kiosk/screens/build.h"
#include "kiosk/ui/keyboard.h"

/* The keyboard's own acts pass through app by number (app/acts.h). */
static_assert((int)KEYBOARD_ARG_SHIFT == (int)KEYBOARD_SHIFT && (int)KEYBOARD_ARG_NUMBERS == (int)KEYBOARD_TO_NUMBERS &&
                  (int)KEYBOARD_ARG_LATIN == (int)KEYBOARD_TO_LATIN &&
                  (int)KEYBOARD_ARG_SYMBOLS == (int)KEYBOARD_TO_SYMBOLS,
              "app and ui number the keyboard's acts alike");

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
    [SCREEN_STILL_THERE] = screen_still_there,
};
static_assert(COUNT(builders) == SCREEN_COUNT, "one builder per screen");

void screen_keyboard(Page *page)
{
    static const KeyboardKind kinds[] = {
        [LAYER_NUMBERS] = KEYBOARD_NUMBERS, [LAYER_LATIN] = KEYBOARD_LATIN, [LAYER_SYMBOLS] = KEYBOARD_SYMBOLS
    };
    const TypingState *typing = &page->visit->typing;
    KeyboardLabels labels = {
        /* TRANSLATORS: key: takes the last character away */
        .erase = say(page, "Erase"),
        /* TRANSLATORS: key: empties the field */
        .clear = say(page, "Clear"),
        /* TRANSLATORS: key: a space between words */
        .space = say(page, "space"),
        /* TRANSLATORS: key, spoken: capital letters */
        .shift = say(page, "Capitals"),
    };

    keyboard_build(page->tree, kinds[typing->layer], typing->shifted, labels, ACT_KEYBOARD);
}

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

    if (screen != SCREEN_STILL_THERE && model->visit.choosing_language)
        screen_languages(&page);
    else if (screen == SCREEN_FAULT && model->visit.fault.at_window)
        screen_fault_window(&page);
    else
        builders[screen](&page);
}
