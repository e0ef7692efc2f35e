/* Between the files of the self-test alone: the report, and the checks in the order in which they are made. */
#ifndef KIOSK_SELF_TEST_PARTS_H
#define KIOSK_SELF_TEST_PARTS_H

#include <jansson.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/texts.h"
#include "kiosk/options.h"
#include "kiosk/panel.h"
#include "wire/catalogue.h"

typedef struct SelfTest {
    const Options *options;
    Clock clock;
    Log *log;
    int64_t until_ms; /* monotonic */
    Settings *settings;
    Texts *texts;
    Panel panel;
    bool panel_open;
    bool answered;        /* the registrar did */
    int64_t ahead_s;      /* this clock of the registrar's */
    Catalogue *catalogue; /* the registrar's; NULL: not answered */
    size_t icons;         /* that the screens showed */
    char missing[64];     /* the first of them that has no file; "": none */
    json_t *checks;       /* the report's */
    bool ok;
} SelfTest;

/* One thing that was checked.  What is wrong is in err, else what is good in detail. */
typedef struct Check {
    char detail[200];
    json_t *facts; /* NULL: none */
    Error err;
} Check;

/* "days_left": number; "uuid": text.  Without memory there is one fact less. */
void check_number(Check *check, const char *name, int64_t number);
void check_text(Check *check, const char *name, const char *text);
void check_bool(Check *check, const char *name, bool value);

/* Each says with false and check->err what is wrong. */
typedef bool SelfTestPart(SelfTest *test, Check *check);
/* self_test_world.c */
SelfTestPart self_test_journal, self_test_printer, self_test_certificate, self_test_registrar, self_test_clock,
    self_test_catalogue;
/* self_test_glass.c; icons after screens */
SelfTestPart self_test_themes, self_test_fonts, self_test_window, self_test_screens, self_test_icons;

#endif
