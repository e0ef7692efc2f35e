/* What the registrar tells unasked: each change is looked at by the way that it is asked for anyway. */
#include "kiosk/app/flow.h"

void changes_take(const Step *step)
{
    const ApiEvent *event = &step->msg->as.changed.event;

    if (step->msg->as.changed.anything) {
        machine_ask_all(step);
        phone_changed(step, NULL);
        grant_changed(step, NULL);
        ticket_changed(step, NULL);
        help_changed(step, NULL);
        papers_changed(step, NULL);
        return;
    }
    switch (event->what) {
    case CHANGED_CATALOGUE: machine_ask_catalogue(step, event->version[0] ? event->version : NULL); break;
    case CHANGED_NOTICES: notices_ask(step); break;
    case CHANGED_THEME: theme_ask(step); break;
    case CHANGED_INFORMATION: information_ask(step); break;
    case CHANGED_SETTINGS: machine_ask_all(step); break;
    case CHANGED_JOB: paper_changed(step, event->id, event->version); break;
    case CHANGED_PHONE_LINK: phone_changed(step, event->id); break;
    case CHANGED_KIOSK: machine_is_unknown(step); break;
    case CHANGED_HALL:
        hall_ask(step);
        ticket_changed(step, NULL); /* its place is another, perhaps */
        break;
    case CHANGED_TICKET: ticket_changed(step, event->id); break;
    case CHANGED_CALL: help_changed(step, event->id); break;
    case CHANGED_PAPERS: papers_changed(step, event->id); break;
    case CHANGED_RECORD: record_changed(step); break;
    case CHANGED_GRANT: grant_changed(step, event->id); break;
    case API_CHANGE_COUNT: break;
    }
}
