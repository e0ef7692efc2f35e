#include "kiosk/screens/facts.h"

const char *words_office(const Page *page)
{
    const char *hours = page->model->registrar.office_hours;

    if (!hours[0])
        /* TRANSLATORS: the office takes nobody at this hour */
        return say(page, "The registrar’s office is closed now");
    /* TRANSLATORS: {0} is a time such as 17:00 */
    return fill(page, say(page, "The registrar’s office is open today until {0}"), hours);
}

const char *words_open(const Page *page)
{
    const char *hours = page->model->registrar.office_hours;

    if (!hours[0])
        /* TRANSLATORS: of the registrar's office or its window, which were just named: at this hour it takes nobody */
        return say(page, "Closed now, come during working hours");
    /* TRANSLATORS: of the same; {0} is a time such as 17:00 */
    return fill(page, say(page, "Open today until {0}"), hours);
}

const char *words_institution(const Page *page, Language language)
{
    LocalText names;

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        names.in[i] = page->model->institution[i];
    return local_text(&names, language);
}

const char *words_service(const Page *page, const char *service)
{
    const Service *found = page->model->catalogue ? catalogue_find(page->model->catalogue, str_from(service)) : NULL;

    return found ? words_local(page, &found->title) : service;
}

static const char *const printer_words[] = {
    /* TRANSLATORS: the next ones say how the printer is, as a title or in a line of its own */
    [PRINTER_UNASKED] = N_("Checking the printer"),
    [PRINTER_READY] = N_("The printer works"),
    [PRINTER_OFF] = N_("The printer does not answer"),
    [PRINTER_NO_PAPER] = N_("The printer is out of paper"),
    [PRINTER_JAMMED] = N_("Paper is stuck in the printer"),
    [PRINTER_OPEN] = N_("The printer is open"),
    [PRINTER_NO_TONER] = N_("The printer is out of toner"),
    [PRINTER_NO_TRAY] = N_("The printer’s paper tray is missing"),
    [PRINTER_PAUSED] = N_("The printer takes no papers now"),
    [PRINTER_TROUBLE] = N_("The printer does not work"),
};
static_assert(COUNT(printer_words) == PRINTER_CONDITION_COUNT, "words for every condition");

const char *words_printer(const Page *page, PrinterCondition condition)
{
    return say(page, printer_words[condition]);
}

const char *words_promised(const Page *page, int64_t promised_at_s)
{
    /* TRANSLATORS: when something is ready; {0} is such as "tomorrow at 16:00" or "Tuesday, 24 November, 16:00" */
    return fill(page, say(page, "By {0}"), words_moment_near(page, promised_at_s * 1000));
}

const char *words_where(const Page *page, const Service *service)
{
    if (service->yields != YIELD_DOCUMENT)
        /* TRANSLATORS: where the answer to a request is read */
        return say(page, "On any kiosk, under “My requests”");
    if (service->at_window)
        return say(page, "At the window of the registrar’s office");
    /* TRANSLATORS: where a paper is printed once it is ready */
    return service->through || service_costs(service) ? say(page, "From any kiosk, under “My requests”")
                                                      : say(page, "From this kiosk");
}

const char *words_valid(const Page *page, int days)
{
    /* TRANSLATORS: how long a paper is valid */
    return fill(page, say_n(page, "{0} day", "{0} days", days), words_number(page, days));
}

const char *words_how_long(const Page *page, const Service *service, const ApiService *offer)
{
    if (offer && offer->allowed && offer->promised_at_s > 0)
        return words_promised(page, offer->promised_at_s);
    if (service->promise_hours == 0)
        /* TRANSLATORS: how long a paper takes */
        return say(page, "Right away, in a minute");
    return fill(page, say_n(page, "{0} working hour", "{0} working hours", service->promise_hours),
                words_number(page, service->promise_hours));
}

const char *words_cost(const Page *page, const Service *service)
{
    int64_t fee = service_fee(service, &page->visit->answers);

    if (!service_costs(service))
        return say(page, "Free");
    if (fee == 0)
        /* TRANSLATORS: what a service costs, before it is known what the student chooses */
        return say(page, "By what you choose");
    /* TRANSLATORS: a sum of money */
    return words_sum(page, fee);
}

const char *words_credits(const Page *page, int64_t credits)
{
    return fill(page, say_n(page, "{0} credit", "{0} credits", credits), words_number(page, credits));
}

const char *words_copies(const Page *page, const ApiService *offer)
{
    if (!offer || offer->copies_left < 0)
        return say(page, "As many as you need");
    if (offer->copies_left == 0)
        return say(page, "None left");
    return fill(page, say_n(page, "{0} copy left", "{0} copies left", offer->copies_left),
                words_number(page, offer->copies_left));
}
