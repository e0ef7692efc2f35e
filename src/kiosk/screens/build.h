/* The screens, one function each; screens.c chooses.  Not for other rooms. */
#ifndef KIOSK_SCREENS_BUILD_H
#define KIOSK_SCREENS_BUILD_H

#include "kiosk/screens/parts.h"

void screen_attract(Page *page);
void screen_sign_in(Page *page);
void screen_home(Page *page);
void screen_search(Page *page);
void screen_requests(Page *page);
void screen_request(Page *page);
void screen_service(Page *page);
void screen_form(Page *page);
void screen_review(Page *page);
void screen_preview(Page *page);
void screen_printing(Page *page);
void screen_done(Page *page);
void screen_handed_in(Page *page);
/* A card: what is to be paid, under which number, and how. */
void part_invoice(Page *page, const char *invoice, int64_t sum);
/* steps.c: a step with its mark; a request's way, papers and order; what follows once a service is handed in. */
typedef struct StepRow {
    const char *icon;
    Colour ink;
    const char *title, *text; /* text "": none */
} StepRow;
void part_step(Page *page, const StepRow *row);
void part_request_details(Page *page, const ApiRequestDetails *details);
void part_what_next(Page *page, const Service *service);
const char *words_unit(const Page *page, const char *unit);
/* requests.c: what staff wrote, as they wrote it. */
void part_staff_words(Page *page, const char *words, bool declined);
void screen_phone(Page *page);
/* code.c: a QR code on a card, with what to do with it beside or below. */
typedef struct CodeCard {
    const char *id; /* of the picture */
    const CodePicture *picture;
    const char *title;    /* "": none */
    const char *steps[3]; /* numbered; NULL: no more */
    const char *address;  /* that the code holds, to be read; "": it is not told */
} CodeCard;
void part_code_card(Page *page, const CodeCard *card);
/* The code for a phone, on a card with what to do with it; of the done screen too. */
void phone_code_card(Page *page);
/* When the visit ends by itself, where it does. */
void part_signed_out_in(Page *page);
void screen_fault(Page *page);
/* The fault's second page: where to go and what to say there. */
void screen_fault_window(Page *page);
void screen_leave(Page *page);
void screen_display(Page *page);
void screen_paper(Page *page);
void screen_information(Page *page);
void screen_article(Page *page);
void screen_study(Page *page);
/* Ways to what the record says, on the page of a group of services. */
void part_study_doors(Page *page, const char *group);
void screen_looks(Page *page);
void screen_topics(Page *page);
void screen_ticket(Page *page);
void screen_call(Page *page);
void screen_card(Page *page);
void screen_grant(Page *page);
void screen_still_there(Page *page);
void screen_out_of_service(Page *page);
/* Instead of any screen of a visit, while its language is chosen. */
void screen_languages(Page *page);
/* ... while the settings of the glass are. */
void screen_settings(Page *page);

#endif
