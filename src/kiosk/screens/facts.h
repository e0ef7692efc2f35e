/* What several screens say of the office, of a service and of the printer, in the page's language. */
#ifndef KIOSK_SCREENS_FACTS_H
#define KIOSK_SCREENS_FACTS_H

#include "kiosk/screens/words.h"

/* Until when the office is open today, or that it is closed; without a full stop. */
const char *words_office(const Page *page);
/* The same where the office, or its window, was just named. */
const char *words_open(const Page *page);
/* The university's name as the language has it; Uzbek where it has none. */
const char *words_institution(const Page *page, Language language);
/* The service's title in the page's language; the slug of a service that the catalogue has no more. */
const char *words_service(const Page *page, const char *service);
/* Facts about a service: how long it takes, what it costs, copies left today. */
const char *words_how_long(const Page *page, const Service *service, const ApiService *offer);
/* "by Tuesday, 24 November, 16:00" */
const char *words_promised(const Page *page, int64_t promised_at_s);
/* Where it is handed out. */
const char *words_where(const Page *page, const Service *service);
/* "90 days" */
const char *words_valid(const Page *page, int days);
/* Under the answers so far, where they decide. */
const char *words_cost(const Page *page, const Service *service);
const char *words_credits(const Page *page, int64_t credits);
const char *words_copies(const Page *page, const ApiService *offer);
const char *words_printer(const Page *page, PrinterCondition condition);

#endif
