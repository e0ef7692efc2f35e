/* What speech says of roles and states, in the page's language. */
#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"

void screen_speech_words(const Model *model, SpeechWords *ret)
{
    Page page = { .model = model, .language = model_language(model) };

    *ret = (SpeechWords){
        .role = { [ROLE_GROUP] = "",
                  /* TRANSLATORS: read aloud after a name, in brackets: what the thing is */
                  [ROLE_HEADING] = say_in(&page, "speech", "heading"),
                  [ROLE_TEXT] = "",
                  /* TRANSLATORS: read aloud after the name of a button */
                  [ROLE_BUTTON] = say_in(&page, "speech", "button"),
                  /* TRANSLATORS: read aloud after one answer of several, before "2 of 6" */
                  [ROLE_CHOICE] = say_in(&page, "speech", "choice"),
                  /* TRANSLATORS: read aloud after a field that text is typed into */
                  [ROLE_FIELD] = say_in(&page, "speech", "field"),
                  [ROLE_KEY] = "",
                  [ROLE_IMAGE] = "",
                  [ROLE_STATUS] = "",
                  [ROLE_ALERT] = "",
                  [ROLE_PROGRESS] = "",
                  /* TRANSLATORS: read aloud after the name of a box that is ticked or not */
                  [ROLE_CHECK] = say_in(&page, "speech", "check box"),
                  /* TRANSLATORS: read aloud after the name of a tab: one of several pages */
                  [ROLE_TAB] = say_in(&page, "speech", "tab"),
                  [ROLE_ROW] = "",
                  [ROLE_CHART] = "",
                  /* TRANSLATORS: read aloud after the title of a question that covers the screen */
                  [ROLE_DIALOG] = say_in(&page, "speech", "dialog") },
        /* TRANSLATORS: read aloud: the second of six choices */
        .place = say_in(&page, "speech", "{0} of {1}"),
        /* TRANSLATORS: read aloud: this choice is chosen, this tool is on */
        .chosen = say_in(&page, "speech", "chosen"),
        /* TRANSLATORS: read aloud: this choice is not the chosen one */
        .not_chosen = say_in(&page, "speech", "not chosen"),
        /* TRANSLATORS: read aloud: what is typed goes into this field */
        .filling = say_in(&page, "speech", "being filled"),
        /* TRANSLATORS: read aloud: this button can't be used now */
        .disabled = say_in(&page, "speech", "not available"),
        /* TRANSLATORS: read aloud: nothing is in this field yet */
        .empty = say_in(&page, "speech", "empty"),
        /* TRANSLATORS: read aloud for each character of a password that is typed */
        .star = say_in(&page, "speech", "star"),
        /* TRANSLATORS: read aloud for a password; {0}: how many characters it has */
        .stars = say_in(&page, "speech", "characters: {0}"),
    };
}
