/* What a touch can mean: the numbers that screens put into a node's Send and app_update reads from MSG_ACT.
 *
 * Keys of the keyboard on the glass send ACT_KEYBOARD with an arg of kiosk/ui/keyboard.h, and app knows nothing of ui.
 * So main turns those that type or edit into what a keyboard with keys says, before they reach app_update:
 *   keyboard_text(arg, app_keyboard_shifted(model)) is not NULL -> MSG_TEXT
 *   KEYBOARD_ERASE, KEYBOARD_CLEAR                              -> MSG_KEY EDIT_ERASE, EDIT_CLEAR
 * The rest change the keyboard itself and arrive as acts with the args below, which screens/ holds equal to ui's by
 * static_assert. */
#ifndef KIOSK_APP_ACTS_H
#define KIOSK_APP_ACTS_H

typedef enum Act {
    ACT_NONE,
    ACT_KEYBOARD = 1, /* arg: KeyboardArg */
    ACT_START,        /* attract: begin in the glass's own language */
    ACT_LANGUAGES,    /* the strip's tool: show or leave the choice of languages */
    ACT_LANGUAGE,     /* arg: Language; on attract it begins the visit too */
    ACT_BACK,
    ACT_FINISH,        /* end the visit */
    ACT_SIGN_IN_FIELD, /* arg: SignInField */
    ACT_SIGN_IN_SHOW,  /* show or hide the password */
    ACT_SIGN_IN,
    ACT_GROUP,    /* arg: index in the catalogue of the group's first service */
    ACT_SERVICE,  /* arg: index in the catalogue */
    ACT_REQUEST,  /* arg: index in home's requests */
    ACT_CONTINUE, /* service: on to the form or the preview */
    ACT_CHOOSE,   /* arg: index of the choice */
    ACT_FORM_NEXT,
    ACT_CHANGE, /* review; arg: index of the question */
    ACT_REVIEW_NEXT,
    ACT_DOCUMENT_LANGUAGE, /* arg: Language */
    ACT_PRINT,
    ACT_STOP,
    ACT_SOMETHING_ELSE,
    ACT_TRY_AGAIN,
    ACT_WINDOW,
    ACT_HOME,
    ACT_LOOKED, /* a person looked into the tray after another visit's paper */
    ACT_CAME_OUT,
    ACT_DID_NOT,
    ACT_STAY,
    ACT_LEAVE,      /* although what was filled in is lost */
    ACT_DRAFT,      /* arg: index in home's drafts: go on with it */
    ACT_DRAFT_DROP, /* arg: as above: begin anew */
    ACT_COUNT
} Act;

typedef enum KeyboardArg {
    KEYBOARD_ARG_SHIFT = 3,
    KEYBOARD_ARG_NUMBERS,
    KEYBOARD_ARG_LATIN,
    KEYBOARD_ARG_SYMBOLS
} KeyboardArg;

typedef enum KeyboardLayer { LAYER_NUMBERS, LAYER_LATIN, LAYER_SYMBOLS } KeyboardLayer;

typedef enum SignInField { SIGN_IN_NUMBER, SIGN_IN_PASSWORD } SignInField;

#endif
