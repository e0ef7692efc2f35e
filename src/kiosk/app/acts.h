/* What a touch can mean: the numbers that screens put into a node's Send and app_update reads from MSG_ACT.
 *
 * Keys of the keyboard on the glass send ACT_KEYBOARD with an arg of kiosk/ui/keyboard.h, and app knows nothing of ui.
 * So main turns those that type or edit into what a keyboard with keys says, before they reach app_update:
 *   keyboard_text(arg, app_letter_case(model))       is not NULL -> MSG_TEXT
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
    ACT_REQUEST,  /* arg: index in home's requests: what it waits for is done, else it is looked at */
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
    ACT_LEAVE,          /* although what was filled in is lost */
    ACT_DRAFT,          /* arg: index in home's drafts: go on with it */
    ACT_DRAFT_DROP,     /* arg: as above: begin anew */
    ACT_SETTINGS,       /* show or leave the sheet of the glass's settings; on attract it begins the visit, as do: */
    ACT_SETTINGS_RESET, /* the kiosk's own way again */
    ACT_TEXT_SIZE,      /* arg: percent; 0: the next larger, after the largest the smallest */
    ACT_THEME,          /* arg: GlassTheme */
    ACT_CONTRAST,       /* on or off, as the next four */
    ACT_LISTEN,
    ACT_LOW_REACH,
    ACT_LEFT_HANDED,
    ACT_CALM,
    ACT_VOLUME,      /* arg: 0..VOLUME_MOST */
    ACT_FORM_SEARCH, /* form, a long list; arg 1: typed text searches it, 0: all of it again */
    ACT_FORM_STEP,   /* form, a small number; arg 1: one more, 0: one less */
    ACT_FORM_DAY,    /* form, the calendar; arg: day of the month that it shows */
    ACT_FORM_MONTH,  /* form, the calendar; arg: FormMonth */
    ACT_TO_PHONE,    /* the copy on the phone: alone, or beside the paper that is out */
    ACT_BOTH,        /* print, and the code for the phone with the paper */
    ACT_PHONE_ALLOW, /* the two digits are typed */
    ACT_PHONE_NEW,   /* another code */
    ACT_PHONE_WITHDRAW,
    ACT_SEARCH,       /* home's services; arg 1: typed text searches them, 0: all of them again */
    ACT_REQUESTS,     /* all of "my requests" */
    ACT_REQUEST_LOOK, /* arg: index in home's requests */
    ACT_WITHDRAW,     /* the request that is looked at: asks first */
    ACT_WITHDRAW_YES,
    ACT_INFORMATION,    /* the university's pages; arg: index of a topic, or none of them: all */
    ACT_ARTICLE,        /* arg: index of a page */
    ACT_ABOUT,          /* what a service is and on what ground; arg: index in the catalogue */
    ACT_STUDY,          /* arg: StudyView */
    ACT_STUDY_WEEK,     /* arg: 0 this one, 1 the next */
    ACT_STUDY_SEMESTER, /* arg: index in the record's semesters */
    ACT_LOOKS,
    ACT_TICKETS, /* what a ticket is for */
    ACT_TOPIC,   /* arg: index of a topic of the windows */
    ACT_TICKET_PRINT,
    ACT_TICKET_GIVE_UP,
    ACT_CALL, /* a person: asks first */
    ACT_CALL_YES,
    ACT_CALL_END,
    ACT_VISITOR, /* "I am not a student here" */
    ACT_PAPER_WINDOW,
    ACT_PAPER_PHOTO,
    ACT_PAPER_NEW,   /* another code, or another photograph */
    ACT_ANSWER_ANEW, /* what staff returned */
    ACT_RECEIPT,
    ACT_CARD,       /* "my card" */
    ACT_CARD_NEW,   /* a PIN for a card */
    ACT_CARD_BLOCK, /* asks first */
    ACT_CARD_BLOCK_YES,
    ACT_CARD_ENTER, /* the PIN is typed */
    ACT_GRANT,      /* to sign in with one's own phone */
    ACT_GRANT_NEW,  /* another code */
    ACT_GRANT_DIGITS,
    ACT_COUNT
} Act;

typedef enum StudyView {
    STUDY_TODAY,
    STUDY_WEEK,
    STUDY_OF_EXAMS,
    STUDY_MISSED,
    STUDY_MARKS,
    STUDY_MONEY,
    STUDY_DECREES,
    STUDY_MOODLE, /* where the university has one */
    STUDY_VIEW_COUNT
} StudyView;

typedef enum FormMonth { MONTH_BEFORE, MONTH_AFTER, YEAR_BEFORE, YEAR_AFTER } FormMonth;

typedef enum KeyboardArg {
    KEYBOARD_ARG_SHIFT = 3,
    KEYBOARD_ARG_LETTERS = 5, /* from symbols back to the letters */
    KEYBOARD_ARG_SYMBOLS,
    KEYBOARD_ARG_LANGUAGE /* another language's letters */
} KeyboardArg;

/* screens/typing.c has ui's kind for each. */
typedef enum KeyboardLayer {
    LAYER_NUMBERS,
    LAYER_UZ,
    LAYER_UZ_CYRL,
    LAYER_RU,
    LAYER_EN,
    LAYER_EMAIL,
    LAYER_SYMBOLS,
    LAYER_COUNT
} KeyboardLayer;

/* What letter keys type now. */
typedef enum LetterCase { CASE_SMALL, CASE_ONE_CAPITAL, CASE_CAPITALS } LetterCase;

typedef enum SignInField { SIGN_IN_NUMBER, SIGN_IN_PASSWORD } SignInField;

#endif
