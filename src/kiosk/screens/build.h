/* The screens, one function each; screens.c chooses.  Not for other rooms. */
#ifndef KIOSK_SCREENS_BUILD_H
#define KIOSK_SCREENS_BUILD_H

#include "kiosk/screens/parts.h"

void screen_attract(Page *page);
void screen_sign_in(Page *page);
void screen_home(Page *page);
void screen_service(Page *page);
void screen_form(Page *page);
void screen_review(Page *page);
void screen_preview(Page *page);
void screen_printing(Page *page);
void screen_done(Page *page);
void screen_fault(Page *page);
/* The fault's second page: where to go and what to say there. */
void screen_fault_window(Page *page);
void screen_leave(Page *page);
void screen_still_there(Page *page);
void screen_out_of_service(Page *page);
/* Instead of any screen of a visit, while its language is chosen. */
void screen_languages(Page *page);

#endif
