/* kiosk --self-test: whether this kiosk, as it is installed and configured, would work.  Used when it is installed and
 * after updates.  Never prints, never signs in; whoever is reading its report may be a program:
 *
 *   {"checks":[{"detail":"...","facts":{...},"ms":3,"name":"printer","ok":true},...],"ms":2104,"ok":true,"version":"0.1.0"}
 *
 * Names of checks are stable: settings, locale, themes, fonts, window, icons, screens, journal, printer, certificate,
 * registrar, clock, catalogue.  facts are for programs: printer {condition, uuid, create_job}, certificate {days_left},
 * clock {ahead_s}, catalogue {version, services}, screens {pictures, cut}. */
#ifndef KIOSK_SELF_TEST_H
#define KIOSK_SELF_TEST_H

#include "kiosk/options.h"

#define SELF_TEST_LIMIT_MS 30000 /* all of it: what is not done by then is told as not done */

/* Writes the report to standard output.  Returns the program's exit code: 0 when all is well, else 1. */
int self_test(const Options *options);

#endif
