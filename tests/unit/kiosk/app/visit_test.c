/* Whole visits as lists of steps: what happens, and what the glass and the devices are told then. */
#include "kiosk/app/glass.h"

#include "kiosk/app/flow.h"

typedef enum PlayKind {
    END,
    ACT,       /* a: Act, b: arg */
    TYPE,      /* text */
    KEY,       /* a: EditKey */
    WAIT,      /* a: ms */
    SIGNED_IN, /* the registrar's and the printer's answers */
    HOME,
    PREVIEW,
    ISSUED, /* a: ApiPrintState, b: already open */
    PAGE,
    PRINTED, /* a: PrintPhase, b: PrinterCondition, c: sheets */
    PRINTER, /* a: PrinterCondition */
    REPORTED,
    FAILED,   /* a: CmdKind, b: ApiProblemKind */
    SCREEN,   /* text: the screen's name */
    FAULT,    /* a: FaultKind */
    ASKED,    /* a: CmdKind, b: how often since the start */
    REPORT,   /* a: ApiPrintState of the last report */
    KEY_KEPT, /* the last CMD_ISSUE had the same key as the first one */
    KEY_NEW,  /* ... another key */
    AGAIN,    /* a: the last CMD_ISSUE's "again" */
    NOTE,     /* a: SignInNote */
    NOTHING_LEFT
} PlayKind;

typedef struct Play {
    PlayKind kind;
    int a, b, c;
    const char *text;
} Play;

#define SIGN_IN                                                                                                        \
    { ACT, ACT_START, 0, 0, NULL }, { TYPE, 0, 0, 0, "392241100742" }, { ACT, ACT_SIGN_IN, 0, 0, NULL },               \
        { TYPE, 0, 0, 0, "bahor2026" }, { ACT, ACT_SIGN_IN, 0, 0, NULL },                                              \
    {                                                                                                                  \
        ASKED, CMD_SIGN_IN, 1, 0, NULL                                                                                 \
    }
#define TO_HOME                                                                                                        \
    SIGN_IN, { SIGNED_IN, 0, 0, 0, NULL }, { HOME, 0, 0, 0, NULL },                                                    \
    {                                                                                                                  \
        SCREEN, 0, 0, 0, "home"                                                                                        \
    }
#define TO_FORM                                                                                                        \
    TO_HOME, { ACT, ACT_SERVICE, 0, 0, NULL }, { ACT, ACT_CONTINUE, 0, 0, NULL },                                      \
    {                                                                                                                  \
        SCREEN, 0, 0, 0, "form"                                                                                        \
    }
#define TO_PREVIEW                                                                                                     \
    TO_FORM, { ACT, ACT_CHOOSE, 1, 0, NULL }, { ACT, ACT_FORM_NEXT, 0, 0, NULL }, { PREVIEW, 0, 0, 0, NULL },          \
    {                                                                                                                  \
        SCREEN, 0, 0, 0, "preview"                                                                                     \
    }
#define TO_PRINTER                                                                                                     \
    TO_PREVIEW, { ACT, ACT_PRINT, 0, 0, NULL }, { ISSUED, PRINT_ASSIGNED, 0, 0, NULL }, { PAGE, 0, 0, 0, NULL },       \
        { SCREEN, 0, 0, 0, "printing" },                                                                               \
    {                                                                                                                  \
        ASKED, CMD_PRINT, 1, 0, NULL                                                                                   \
    }
#define FINISH                                                                                                         \
    { ACT, ACT_FINISH, 0, 0, NULL }, { SCREEN, 0, 0, 0, "attract" }, { ASKED, CMD_FORGET, 1, 0, NULL },                \
    {                                                                                                                  \
        NOTHING_LEFT, 0, 0, 0, NULL                                                                                    \
    }

static const Play happy[] = {
    TO_FORM,
    { ACT, ACT_CHOOSE, 2, 0, NULL }, /* somewhere else: its name is asked */
    { ACT, ACT_FORM_NEXT, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "form" },
    { TYPE, 0, 0, 0, "Chirchiq sog'liq" },
    { ACT, ACT_FORM_NEXT, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "review" },
    { ACT, ACT_REVIEW_NEXT, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "preview" },
    { ACT, ACT_PRINT, 0, 0, NULL }, /* no picture yet: nothing is asked for */
    { ASKED, CMD_ISSUE, 0, 0, NULL },
    { PREVIEW, 0, 0, 0, NULL },
    { ACT, ACT_PRINT, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "printing" },
    { ASKED, CMD_ISSUE, 1, 0, NULL },
    { AGAIN, 0, 0, 0, NULL },
    { ISSUED, PRINT_ASSIGNED, 0, 0, NULL },
    { ASKED, CMD_PAGE, 1, 0, NULL },
    { PAGE, 0, 0, 0, NULL },
    { ASKED, CMD_PRINT, 1, 0, NULL },
    { PRINTED, PRINT_PHASE_CREATED, PRINTER_READY, -1, NULL },
    { PRINTED, PRINT_PHASE_SENDING, PRINTER_READY, -1, NULL },
    { ASKED, CMD_REPORT_PRINT, 0, 0, NULL },
    { PRINTED, PRINT_PHASE_SENT, PRINTER_READY, 0, NULL },
    { ASKED, CMD_REPORT_PRINT, 1, 0, NULL },
    { REPORT, PRINT_SENT, 0, 0, NULL },
    { REPORTED, 0, 0, 0, NULL },
    { ASKED, CMD_SETTLED, 0, 0, NULL },
    { PRINTED, PRINT_PHASE_SHEETS, PRINTER_READY, 1, NULL },
    { SCREEN, 0, 0, 0, "printing" },
    { PRINTED, PRINT_PHASE_PRINTED, PRINTER_READY, 2, NULL },
    { SCREEN, 0, 0, 0, "done" },
    { REPORT, PRINT_PRINTED, 0, 0, NULL },
    { REPORTED, 0, 0, 0, NULL },
    { ASKED, CMD_SETTLED, 1, 0, NULL },
    { ASKED, CMD_PRINT_STOP, 0, 0, NULL },
    FINISH,
    { ASKED, CMD_SIGN_OUT, 1, 0, NULL },
    { ASKED, CMD_PRINT_STOP, 0, 0, NULL },
    { END, 0, 0, 0, NULL },
};

static const Play wrong_password[] = {
    SIGN_IN,
    { FAILED, CMD_SIGN_IN, PROBLEM_SIGN_IN_REFUSED, 0, NULL },
    { SCREEN, 0, 0, 0, "sign-in" },
    { NOTE, SIGN_IN_NOTE_WRONG, 0, 0, NULL },
    { TYPE, 0, 0, 0, "bahor2026" },
    { NOTE, SIGN_IN_NOTE_NONE, 0, 0, NULL },
    { KEY, EDIT_ENTER, 0, 0, NULL },
    { ASKED, CMD_SIGN_IN, 2, 0, NULL },
    { SIGNED_IN, 0, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "home" },
    { END, 0, 0, 0, NULL },
};

static const Play limited[] = {
    SIGN_IN,
    { FAILED, CMD_SIGN_IN, PROBLEM_LIMIT, 0, NULL },
    { NOTE, SIGN_IN_NOTE_LIMITED, 0, 0, NULL },
    { TYPE, 0, 0, 0, "bahor2026" },
    { ACT, ACT_SIGN_IN, 0, 0, NULL },
    { ASKED, CMD_SIGN_IN, 1, 0, NULL }, /* not before its time */
    { WAIT, 55000, 0, 0, NULL },
    { ACT, ACT_SIGN_IN_SHOW, 0, 0, NULL },
    { WAIT, 55000, 0, 0, NULL },
    { ACT, ACT_SIGN_IN_SHOW, 0, 0, NULL },
    { WAIT, 20000, 0, 0, NULL },
    { ACT, ACT_SIGN_IN, 0, 0, NULL },
    { ASKED, CMD_SIGN_IN, 2, 0, NULL },
    { END, 0, 0, 0, NULL },
};

/* What HEMIS can't tell now is told where the password is typed, and the next one may be tried at once. */
static const Play hemis_away[] = {
    SIGN_IN,
    { FAILED, CMD_SIGN_IN, PROBLEM_HEMIS_AWAY, 0, NULL },
    { SCREEN, 0, 0, 0, "sign-in" },
    { NOTE, SIGN_IN_NOTE_AWAY, 0, 0, NULL },
    { TYPE, 0, 0, 0, "bahor2026" },
    { ACT, ACT_SIGN_IN, 0, 0, NULL },
    { ASKED, CMD_SIGN_IN, 2, 0, NULL },
    { FAILED, CMD_SIGN_IN, PROBLEM_HEMIS_TRIES, 0, NULL },
    { NOTE, SIGN_IN_NOTE_SPENT, 0, 0, NULL },
    { TYPE, 0, 0, 0, "bahor2027" },
    { ACT, ACT_SIGN_IN, 0, 0, NULL },
    { ASKED, CMD_SIGN_IN, 3, 0, NULL },
    { SIGNED_IN, 0, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "home" },
    { END, 0, 0, 0, NULL },
};

static const Play short_number[] = {
    { ACT, ACT_LANGUAGE, LANGUAGE_RU, 0, NULL },
    { TYPE, 0, 0, 0, "3922 41x" },
    { ACT, ACT_SIGN_IN, 0, 0, NULL },
    { NOTE, SIGN_IN_NOTE_NUMBER, 0, 0, NULL },
    { TYPE, 0, 0, 0, "1007" }, /* ten digits are a number too */
    { ACT, ACT_SIGN_IN, 0, 0, NULL },
    { NOTE, SIGN_IN_NOTE_NONE, 0, 0, NULL },
    { ACT, ACT_SIGN_IN, 0, 0, NULL },
    { NOTE, SIGN_IN_NOTE_PASSWORD, 0, 0, NULL },
    { ASKED, CMD_SIGN_IN, 0, 0, NULL },
    { ACT, ACT_BACK, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "attract" },
    { NOTHING_LEFT, 0, 0, 0, NULL },
    { END, 0, 0, 0, NULL },
};

static const Play printer_off[] = {
    TO_PREVIEW,
    { PRINTER, PRINTER_OFF, 0, 0, NULL },
    { ACT, ACT_PRINT, 0, 0, NULL },
    { FAULT, FAULT_PRINTER_BEFORE, 0, 0, NULL },
    { ASKED, CMD_ISSUE, 0, 0, NULL }, /* no number is taken for a page that can't be printed */
    { ACT, ACT_WINDOW, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "fault" },
    { ACT, ACT_BACK, 0, 0, NULL },
    { FAULT, FAULT_PRINTER_BEFORE, 0, 0, NULL },
    { ASKED, CMD_ASK_PRINTER, 1, 0, NULL }, /* when the preview opened */
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { ASKED, CMD_ASK_PRINTER, 2, 0, NULL },
    { PRINTER, PRINTER_OFF, 0, 0, NULL },
    { FAULT, FAULT_PRINTER_BEFORE, 0, 0, NULL },
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { PRINTER, PRINTER_READY, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "printing" },
    { ASKED, CMD_ISSUE, 1, 0, NULL },
    { ISSUED, PRINT_ASSIGNED, 0, 0, NULL },
    { PAGE, 0, 0, 0, NULL },
    { PRINTED, PRINT_PHASE_NOT_SENT, PRINTER_OFF, -1, NULL }, /* and off again */
    { FAULT, FAULT_NOT_SENT, 0, 0, NULL },
    { REPORT, PRINT_WAITING, 0, 0, NULL },
    { PRINTER, PRINTER_READY, 0, 0, NULL },
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { ASKED, CMD_ISSUE, 1, 0, NULL }, /* first the registrar must know that no byte left */
    { REPORTED, 0, 0, 0, NULL },
    { ASKED, CMD_ISSUE, 2, 0, NULL },
    { KEY_KEPT, 0, 0, 0, NULL },
    { AGAIN, 0, 0, 0, NULL },
    { ISSUED, PRINT_ASSIGNED, 0, 0, NULL },
    { PAGE, 0, 0, 0, NULL },
    { ASKED, CMD_PRINT, 2, 0, NULL },
    { PRINTED, PRINT_PHASE_PRINTED, PRINTER_READY, 2, NULL },
    { SCREEN, 0, 0, 0, "done" },
    FINISH,
    { END, 0, 0, 0, NULL },
};

static const Play no_paper[] = {
    TO_PRINTER,
    { PRINTED, PRINT_PHASE_SENT, PRINTER_READY, 0, NULL },
    { PRINTED, PRINT_PHASE_SHEETS, PRINTER_NO_PAPER, 1, NULL },
    { FAULT, FAULT_PRINTER_DURING, 0, 0, NULL },
    { ACT, ACT_FINISH, 0, 0, NULL }, /* the paper owns the glass */
    { FAULT, FAULT_PRINTER_DURING, 0, 0, NULL },
    { WAIT, 250000, 0, 0, NULL }, /* refilling takes its time */
    { FAULT, FAULT_PRINTER_DURING, 0, 0, NULL },
    { PRINTED, PRINT_PHASE_SHEETS, PRINTER_READY, 1, NULL },
    { SCREEN, 0, 0, 0, "printing" },
    { PRINTED, PRINT_PHASE_PRINTED, PRINTER_READY, 2, NULL },
    { SCREEN, 0, 0, 0, "done" },
    { ASKED, CMD_PRINT, 1, 0, NULL },
    { ASKED, CMD_ISSUE, 1, 0, NULL },
    FINISH,
    { END, 0, 0, 0, NULL },
};

static const Play paper_never_comes[] = {
    TO_PRINTER,
    { PRINTED, PRINT_PHASE_SHEETS, PRINTER_NO_PAPER, 1, NULL },
    { WAIT, 301000, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "still-there" },
    { WAIT, 21000, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "attract" },
    { ASKED, CMD_PRINT_STOP, 1, 0, NULL },
    { PRINTED, PRINT_PHASE_PARTLY, PRINTER_READY, 1, NULL }, /* its truth is told, although nobody is there */
    { REPORT, PRINT_PARTLY, 0, 0, NULL },
    { NOTHING_LEFT, 0, 0, 0, NULL },
    { END, 0, 0, 0, NULL },
};

static const Play stopped[] = {
    TO_PRINTER,
    { PRINTED, PRINT_PHASE_SENT, PRINTER_READY, 0, NULL },
    { ACT, ACT_STOP, 0, 0, NULL },
    { ACT, ACT_STOP, 0, 0, NULL },
    { ASKED, CMD_PRINT_STOP, 1, 0, NULL },
    { PRINTED, PRINT_PHASE_CANCELLED, PRINTER_READY, 0, NULL },
    { FAULT, FAULT_STOPPED, 0, 0, NULL },
    { REPORT, PRINT_CANCELLED, 0, 0, NULL },
    { REPORTED, 0, 0, 0, NULL },
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { KEY_KEPT, 0, 0, 0, NULL },
    { AGAIN, 1, 0, 0, NULL },      /* a cancelled job is final: a new copy replaces it */
    { ACT, ACT_STOP, 0, 0, NULL }, /* before anything is issued */
    FINISH,
    { END, 0, 0, 0, NULL },
};

static const Play registrar_away[] = {
    TO_PREVIEW,
    { ACT, ACT_PRINT, 0, 0, NULL },
    { FAILED, CMD_ISSUE, PROBLEM_NONE, 0, NULL },
    { FAULT, FAULT_AWAY, 0, 0, NULL },
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { ASKED, CMD_ISSUE, 2, 0, NULL },
    { KEY_KEPT, 0, 0, 0, NULL },
    { WAIT, 31000, 0, 0, NULL }, /* not even a failure */
    { FAULT, FAULT_AWAY, 0, 0, NULL },
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { ASKED, CMD_ISSUE, 3, 0, NULL },
    { KEY_KEPT, 0, 0, 0, NULL },
    { ISSUED, PRINT_ASSIGNED, 0, 0, NULL },
    { FAILED, CMD_PAGE, PROBLEM_NONE, 0, NULL }, /* the page may have left: asking by the key tells */
    { FAULT, FAULT_AWAY, 0, 0, NULL },
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { ISSUED, PRINT_SENDING, 0, 0, NULL },
    { REPORT, PRINT_WAITING, 0, 0, NULL }, /* it never reached the printer */
    { ASKED, CMD_ISSUE, 4, 0, NULL },
    { REPORTED, 0, 0, 0, NULL },
    { ASKED, CMD_ISSUE, 5, 0, NULL },
    { KEY_KEPT, 0, 0, 0, NULL },
    { ISSUED, PRINT_ASSIGNED, 0, 0, NULL },
    { PAGE, 0, 0, 0, NULL },
    { ASKED, CMD_PRINT, 1, 0, NULL },
    { PRINTED, PRINT_PHASE_PRINTED, PRINTER_READY, 2, NULL },
    FINISH,
    { END, 0, 0, 0, NULL },
};

static const Play already_open[] = {
    TO_PREVIEW,
    { ACT, ACT_PRINT, 0, 0, NULL },
    { ISSUED, PRINT_PRINTED, 1, 0, NULL },
    { FAULT, FAULT_ALREADY_OPEN, 0, 0, NULL },
    { ASKED, CMD_PAGE, 0, 0, NULL },
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { AGAIN, 1, 0, 0, NULL },
    { KEY_KEPT, 0, 0, 0, NULL },
    { ISSUED, PRINT_ASSIGNED, 0, 0, NULL },
    { PAGE, 0, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "printing" },
    { PRINTED, PRINT_PHASE_PRINTED, PRINTER_READY, 2, NULL },
    { ACT, ACT_SOMETHING_ELSE, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "home" },
    { ASKED, CMD_HOME, 2, 0, NULL },
    FINISH,
    { END, 0, 0, 0, NULL },
};

static const Play unknown_came_out[] = {
    TO_PRINTER,
    { PRINTED, PRINT_PHASE_UNKNOWN, PRINTER_READY, -1, NULL },
    { FAULT, FAULT_UNKNOWN, 0, 0, NULL },
    { REPORT, PRINT_UNKNOWN, 0, 0, NULL },
    { ACT, ACT_HOME, 0, 0, NULL }, /* first the answer */
    { FAULT, FAULT_UNKNOWN, 0, 0, NULL },
    { ACT, ACT_CAME_OUT, 0, 0, NULL },
    { REPORT, PRINT_PRINTED, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "done" },
    FINISH,
    { END, 0, 0, 0, NULL },
};

static const Play unknown_did_not[] = {
    TO_PRINTER,
    { PRINTED, PRINT_PHASE_UNKNOWN, PRINTER_READY, -1, NULL },
    { ACT, ACT_DID_NOT, 0, 0, NULL },
    { FAULT, FAULT_NOT_OUT, 0, 0, NULL },
    { REPORT, PRINT_UNKNOWN, 0, 0, NULL }, /* it stays unknown */
    { ASKED, CMD_REPORT_PRINT, 1, 0, NULL },
    { REPORTED, 0, 0, 0, NULL },
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { AGAIN, 1, 0, 0, NULL },
    { KEY_KEPT, 0, 0, 0, NULL },
    { ACT, ACT_STOP, 0, 0, NULL }, /* before anything is issued */
    FINISH,
    { END, 0, 0, 0, NULL },
};

/* Nobody looked: the next student is asked to, before anything else comes out. */
static const Play unknown_left_behind[] = {
    TO_PRINTER,
    { PRINTED, PRINT_PHASE_UNKNOWN, PRINTER_READY, -1, NULL },
    { ACT, ACT_FINISH, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "attract" },
    { ACT, ACT_START, 0, 0, NULL },
    { TYPE, 0, 0, 0, "392241100742" },
    { ACT, ACT_SIGN_IN, 0, 0, NULL },
    { TYPE, 0, 0, 0, "x" },
    { ACT, ACT_SIGN_IN, 0, 0, NULL },
    { SIGNED_IN, 0, 0, 0, NULL },
    { HOME, 0, 0, 0, NULL },
    { ACT, ACT_SERVICE, 0, 0, NULL },
    { ACT, ACT_CONTINUE, 0, 0, NULL },
    { ACT, ACT_CHOOSE, 0, 0, NULL },
    { ACT, ACT_FORM_NEXT, 0, 0, NULL },
    { PREVIEW, 0, 0, 0, NULL },
    { ACT, ACT_PRINT, 0, 0, NULL },
    { FAULT, FAULT_PAPER_BEFORE, 0, 0, NULL },
    { ASKED, CMD_ISSUE, 1, 0, NULL },
    { ACT, ACT_LOOKED, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "printing" },
    { ASKED, CMD_ISSUE, 2, 0, NULL },
    { KEY_NEW, 0, 0, 0, NULL },
    { END, 0, 0, 0, NULL },
};

static const Play partly[] = {
    TO_PRINTER,
    { PRINTED, PRINT_PHASE_PARTLY, PRINTER_READY, 1, NULL },
    { FAULT, FAULT_PARTLY, 0, 0, NULL },
    { REPORT, PRINT_PARTLY, 0, 0, NULL },
    { REPORTED, 0, 0, 0, NULL },
    { ACT, ACT_TRY_AGAIN, 0, 0, NULL },
    { AGAIN, 1, 0, 0, NULL },
    { KEY_KEPT, 0, 0, 0, NULL },
    { ACT, ACT_STOP, 0, 0, NULL }, /* before anything is issued */
    FINISH,
    { END, 0, 0, 0, NULL },
};

static const Play time_out[] = {
    { ACT, ACT_START, 0, 0, NULL },  { TYPE, 0, 0, 0, "3922" },   { WAIT, 59000, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "sign-in" },  { WAIT, 2000, 0, 0, NULL },  { SCREEN, 0, 0, 0, "still-there" },
    { TYPE, 0, 0, 0, "9" }, /* any key says "I am here" and types nothing */
    { SCREEN, 0, 0, 0, "sign-in" },  { WAIT, 61000, 0, 0, NULL }, { ACT, ACT_STAY, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "sign-in" },  { WAIT, 81000, 0, 0, NULL }, { SCREEN, 0, 0, 0, "attract" },
    { NOTHING_LEFT, 0, 0, 0, NULL }, { END, 0, 0, 0, NULL },
};

static const Play done_signs_out[] = {
    TO_PRINTER,
    { PRINTED, PRINT_PHASE_PRINTED, PRINTER_READY, 2, NULL },
    { WAIT, 19000, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "done" },
    { WAIT, 1500, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "attract" },
    { ASKED, CMD_SIGN_OUT, 1, 0, NULL },
    { NOTHING_LEFT, 0, 0, 0, NULL },
    { END, 0, 0, 0, NULL },
};

static const Play page_given_back_at_the_end[] = {
    TO_PREVIEW,
    { ACT, ACT_PRINT, 0, 0, NULL },
    { ISSUED, PRINT_ASSIGNED, 0, 0, NULL },
    { ACT, ACT_STOP, 0, 0, NULL }, /* the page is under way: it will never be printed */
    { REPORT, PRINT_WAITING, 0, 0, NULL },
    { FAULT, FAULT_STOPPED, 0, 0, NULL },
    { PAGE, 0, 0, 0, NULL },
    { ASKED, CMD_PRINT, 0, 0, NULL },
    FINISH,
    { END, 0, 0, 0, NULL },
};

static const Play page_under_way_at_the_end[] = {
    TO_PREVIEW,
    { ACT, ACT_PRINT, 0, 0, NULL },
    { ISSUED, PRINT_ASSIGNED, 0, 0, NULL },
    { FAILED, CMD_PAGE, PROBLEM_NONE, 0, NULL }, /* perhaps it was handed out */
    { ASKED, CMD_REPORT_PRINT, 0, 0, NULL },
    FINISH,
    { ASKED, CMD_REPORT_PRINT, 1, 0, NULL },
    { REPORT, PRINT_WAITING, 0, 0, NULL },
    { END, 0, 0, 0, NULL },
};

static const Play too_large[] = {
    TO_FORM,
    { ACT, ACT_CHOOSE, 2, 0, NULL },
    { ACT, ACT_FORM_NEXT, 0, 0, NULL },
    { TYPE, 0, 0, 0, "Chirchiq" },
    { ACT, ACT_FORM_NEXT, 0, 0, NULL },
    { ACT, ACT_REVIEW_NEXT, 0, 0, NULL },
    { FAILED, CMD_PREVIEW, PROBLEM_TOO_LARGE_FOR_SEAL, 0, NULL },
    { FAULT, FAULT_TOO_LARGE, 0, 0, NULL },
    { ACT, ACT_BACK, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "review" },
    { ACT, ACT_CHANGE, 1, 0, NULL },
    { SCREEN, 0, 0, 0, "form" },
    { KEY, EDIT_ERASE, 0, 0, NULL },
    { KEY, EDIT_ENTER, 0, 0, NULL },
    { SCREEN, 0, 0, 0, "review" },
    { END, 0, 0, 0, NULL },
};

static const Play changed_answer_is_another_request[] = {
    TO_PREVIEW,
    { ACT, ACT_PRINT, 0, 0, NULL },
    { ISSUED, PRINT_PRINTED, 1, 0, NULL },
    { ACT, ACT_HOME, 0, 0, NULL },
    { HOME, 0, 0, 0, NULL },
    { ACT, ACT_SERVICE, 0, 0, NULL },
    { ACT, ACT_CONTINUE, 0, 0, NULL },
    { ACT, ACT_FORM_NEXT, 0, 0, NULL }, /* nothing is chosen any more */
    { SCREEN, 0, 0, 0, "form" },
    { ACT, ACT_CHOOSE, 0, 0, NULL },
    { ACT, ACT_FORM_NEXT, 0, 0, NULL },
    { PREVIEW, 0, 0, 0, NULL },
    { ACT, ACT_PRINT, 0, 0, NULL },
    { KEY_NEW, 0, 0, 0, NULL },
    { AGAIN, 0, 0, 0, NULL },
    { END, 0, 0, 0, NULL },
};

static const struct {
    const char *name;
    const Play *plays;
} visits[] = {
    { "happy", happy },
    { "wrong password", wrong_password },
    { "limited", limited },
    { "HEMIS away", hemis_away },
    { "short number", short_number },
    { "printer off", printer_off },
    { "no paper, refilled", no_paper },
    { "paper never comes", paper_never_comes },
    { "stopped", stopped },
    { "registrar away and back", registrar_away },
    { "already open", already_open },
    { "unknown, came out", unknown_came_out },
    { "unknown, did not", unknown_did_not },
    { "unknown, left behind", unknown_left_behind },
    { "partly", partly },
    { "time is up", time_out },
    { "done signs out", done_signs_out },
    { "page given back", page_given_back_at_the_end },
    { "page under way at the end", page_under_way_at_the_end },
    { "too large for the seal", too_large },
    { "changed answer", changed_answer_is_another_request },
};

typedef struct Stage {
    Glass glass;
    char first_key[API_ID_SIZE];
} Stage;

static Stage the_stage; /* too large for a stack */

static void check_nothing_left(Glass *glass)
{
    static const Visit fresh;

    assert_memory_equal(&glass->model.visit, &fresh, sizeof fresh);
    assert_string_equal(glass->model.paper.job.id, "");
}

static void perform(Stage *stage, const Play *play)
{
    Glass *glass = &stage->glass;

    switch (play->kind) {
    case ACT: glass_act(glass, (Act)play->a, (uint16_t)play->b); break;
    case TYPE: glass_type(glass, play->text); break;
    case KEY: glass_key(glass, (EditKey)play->a); break;
    case WAIT: glass_wait(glass, play->a); break;
    case SIGNED_IN: glass_signed_in(glass); break;
    case HOME: glass_home(glass); break;
    case PREVIEW: glass_preview(glass); break;
    case ISSUED: glass_issue(glass, (ApiPrintState)play->a, play->b != 0); break;
    case PAGE: glass_page(glass); break;
    case PRINTED: glass_print(glass, (PrintPhase)play->a, (PrinterCondition)play->b, play->c); break;
    case PRINTER: glass_printer(glass, (PrinterCondition)play->a); break;
    case REPORTED: glass_reported(glass); break;
    case FAILED: glass_fail(glass, (CmdKind)play->a, (ApiProblemKind)play->b); break;
    case SCREEN:
    case FAULT:
    case ASKED:
    case REPORT:
    case KEY_KEPT:
    case KEY_NEW:
    case AGAIN:
    case NOTE:
    case NOTHING_LEFT:
    case END: break;
    }
    if (!stage->first_key[0])
        memcpy(stage->first_key, glass->key, sizeof glass->key);
}

static bool holds(Stage *stage, const Play *play)
{
    Glass *glass = &stage->glass;

    switch (play->kind) {
    case SCREEN: return strcmp(app_screen_name(&glass->model), play->text) == 0;
    case FAULT:
        return model_screen(&glass->model) == SCREEN_FAULT && glass->model.visit.fault.kind == (FaultKind)play->a;
    case ASKED: return glass->asked[play->a] == (unsigned)play->b;
    case REPORT:
        return glass->report.state == (ApiPrintState)play->a &&
               glass->report.no_byte_left == (play->a == PRINT_WAITING) && glass->report.epoch == glass->epoch;
    case KEY_KEPT: return strcmp(stage->first_key, glass->key) == 0;
    case KEY_NEW: return strcmp(stage->first_key, glass->key) != 0 && uuid_valid(glass->key);
    case AGAIN: return glass->request.again == (play->a != 0);
    case NOTE: return glass->model.visit.sign_in.note == (SignInNote)play->a;
    case NOTHING_LEFT: check_nothing_left(glass); return true;
    case END:
    case ACT:
    case TYPE:
    case KEY:
    case WAIT:
    case SIGNED_IN:
    case HOME:
    case PREVIEW:
    case ISSUED:
    case PAGE:
    case PRINTED:
    case PRINTER:
    case REPORTED:
    case FAILED: break;
    }
    return true;
}

static void plays_visits(void **state)
{
    Error err = { 0 };
    OWNED(Texts) texts = texts_none(&err);
    Stage *stage = &the_stage;

    (void)state;
    assert_non_null(texts);
    for (size_t v = 0; v < COUNT(visits); v++) {
        memset(stage, 0, sizeof *stage);
        glass_open(&stage->glass, texts, LANGUAGE_UZ);
        glass_serve(&stage->glass);
        for (size_t i = 0; visits[v].plays[i].kind != END; i++) {
            perform(stage, &visits[v].plays[i]);
            if (!holds(stage, &visits[v].plays[i]))
                fail_msg("%s, step %zu: on %s, fault %d", visits[v].name, i, app_screen_name(&stage->glass.model),
                         (int)stage->glass.model.visit.fault.kind);
            glass_wait(&stage->glass, 10);
        }
        assert_int_equal(stage->glass.model.impossible, 0);
        glass_close(&stage->glass);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(plays_visits) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
