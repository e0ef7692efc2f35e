/* How the person in front of the glass wants it: size of text, colours, reach, hand, sound.  The kiosk's own way comes
 * back at the visit's end. */
#include "kiosk/app/flow.h"

static bool is_evening(const Model *model)
{
    DateTime now = date_time_at(model->wall_ms, model->utc_offset_minutes);
    int minute = now.hour * 60 + now.minute;
    int from = model->evening_from, to = model->evening_to;

    return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

GlassSettings model_glass(const Model *model)
{
    GlassSettings glass = model->visit.active ? model->visit.glass : model->glass;

    if (!model->visit.active && glass.theme == GLASS_LIGHT && is_evening(model))
        glass.theme = GLASS_EVENING;
    if (model->display) { /* read from across the room, and touched by nobody */
        glass.text_percent = 100;
        glass.low_reach = glass.left_handed = false;
    }
    return glass;
}

bool model_wide(const Model *model)
{
    return model_glass_width(model) > model_glass_height(model);
}

float model_reach(const Model *model)
{
    float height = model_glass_height(model), part = height * REACH_PART;

    if (!model_glass(model).low_reach || height < REACH_LEAST_MM)
        return height;
    return part > REACH_LEAST_MM ? part : REACH_LEAST_MM;
}

float model_text_scale(const Model *model)
{
    return (float)model_glass(model).text_percent / 100.0F;
}

static const int text_sizes[] = { 100, 125, 150, 200 };

bool glass_text_is_offered(int percent)
{
    for (size_t i = 0; i < COUNT(text_sizes); i++)
        if (text_sizes[i] == percent)
            return true;
    return false;
}

static int larger(int percent)
{
    for (size_t i = 0; i < COUNT(text_sizes); i++)
        if (text_sizes[i] > percent)
            return text_sizes[i];
    return text_sizes[0];
}

static GlassTheme without_contrast(const Model *model)
{
    if (model->glass.theme != GLASS_CONTRAST && model->glass.theme != GLASS_LIGHT)
        return model->glass.theme;
    return is_evening(model) ? GLASS_EVENING : GLASS_LIGHT;
}

/* True when the act was one of the glass's. */
bool settings_act(const Step *step, Act act, uint16_t arg)
{
    Visit *visit = step->visit;
    GlassSettings *glass = &visit->glass;

    switch ((int)act) {
    case ACT_SETTINGS:
        visit->settings_shown = !visit->settings_shown;
        visit->choosing_language = false;
        break;
    case ACT_SETTINGS_RESET:
        visit->glass = step->model->glass;
        visit->glass.theme = without_contrast(step->model);
        break;
    case ACT_TEXT_SIZE:
        if (arg == 0)
            glass->text_percent = larger(glass->text_percent);
        else if (glass_text_is_offered(arg))
            glass->text_percent = arg;
        break;
    case ACT_THEME:
        if (arg < GLASS_THEME_COUNT)
            glass->theme = (GlassTheme)arg;
        break;
    case ACT_CONTRAST:
        glass->theme = glass->theme == GLASS_CONTRAST ? without_contrast(step->model) : GLASS_CONTRAST;
        break;
    case ACT_LISTEN: glass->listening = !glass->listening; break;
    case ACT_LOW_REACH: glass->low_reach = !glass->low_reach; break;
    case ACT_LEFT_HANDED: glass->left_handed = !glass->left_handed; break;
    case ACT_CALM: glass->calm = !glass->calm; break;
    case ACT_VOLUME:
        if (arg <= VOLUME_MOST)
            glass->volume = arg;
        break;
    default: return false;
    }
    return true;
}

#define STILL_THERE_CALLS_MS 7000 /* between the calls of "still there?" */

/* Faults that a student asked for, or that only inform, are no failures. */
static Cue fault_cue(FaultKind kind)
{
    switch (kind) {
    case FAULT_NONE:
    case FAULT_STOPPED: return CUE_NONE;
    case FAULT_PRINTER_BEFORE:
    case FAULT_PRINTER_DURING:
    case FAULT_ALREADY_OPEN:
    case FAULT_ASK_AGAIN:
    case FAULT_PAPER_BEFORE:
    case FAULT_UNKNOWN: return CUE_NEEDS_YOU;
    case FAULT_AWAY:
    case FAULT_BUSY:
    case FAULT_LIMIT:
    case FAULT_REFUSED:
    case FAULT_NOT_ALLOWED:
    case FAULT_HEMIS:
    case FAULT_NO_PAPER:
    case FAULT_TOO_LARGE:
    case FAULT_NOT_SENT:
    case FAULT_LATE:
    case FAULT_HANDED_OUT:
    case FAULT_HELD:
    case FAULT_GIVEN_UP:
    case FAULT_PARTLY:
    case FAULT_NOT_OUT:
    case FAULT_KIND_COUNT: break;
    }
    return CUE_COULD_NOT;
}

static Cue phone_cue(const PhoneState *phone)
{
    if (phone->note != PHONE_NOTE_NONE)
        return CUE_COULD_NOT;
    if (!phone->link.id[0] || phone->link.state == PHONE_OFFERED)
        return CUE_NONE;
    return phone->link.state == PHONE_OPENED ? CUE_NEEDS_YOU : CUE_DONE;
}

Cue model_cue(const Model *model, uint32_t *ret_number)
{
    const Visit *visit = &model->visit;
    ScreenKind screen = model_screen(model);

    static_assert(FAULT_KIND_COUNT <= 256 && SCREEN_COUNT <= 256, "visit, screen and what it shows stand apart");
    *ret_number = model->visits << 16 | (uint32_t)screen << 8;
    if (screen == SCREEN_STILL_THERE) {
        *ret_number += (uint32_t)((model->monotonic_ms - visit->still_there_ms) / STILL_THERE_CALLS_MS);
        return CUE_NEEDS_YOU;
    }
    if (screen == SCREEN_DISPLAY) {
        *ret_number = model->hall_calls;
        return model->hall_calls ? CUE_NEEDS_YOU : CUE_NONE;
    }
    if (screen == SCREEN_LEAVE)
        return CUE_NEEDS_YOU;
    if (screen == SCREEN_TICKET && visit->tickets.ticket.state == TICKET_CALLED) {
        *ret_number += (uint32_t)visit->tickets.ticket.calls;
        return CUE_NEEDS_YOU;
    }
    if (screen == SCREEN_CALL && visit->help.call.id[0]) {
        *ret_number += (uint32_t)visit->help.call.state;
        return visit->help.call.state == CALL_NOBODY ? CUE_COULD_NOT : CUE_DONE;
    }
    if (screen == SCREEN_DONE)
        return CUE_DONE;
    if (screen == SCREEN_HANDED_IN && visit->waiting.command == CMD_NONE) {
        *ret_number += 1;
        return visit->issue.paper.state == REQUEST_PAYMENT ? CUE_NEEDS_YOU : CUE_DONE;
    }
    if (screen == SCREEN_REQUEST && (visit->mine.withdrawn || visit->mine.too_late)) {
        *ret_number += visit->mine.withdrawn ? 1 : 2;
        return visit->mine.withdrawn ? CUE_DONE : CUE_COULD_NOT;
    }
    if (screen == SCREEN_PHONE) {
        *ret_number += (uint32_t)visit->phone.link.state << 4 | (uint32_t)visit->phone.note;
        return phone_cue(&visit->phone);
    }
    if (screen == SCREEN_FAULT) {
        *ret_number += (uint32_t)visit->fault.kind;
        return fault_cue(visit->fault.kind);
    }
    if (screen == SCREEN_CARD && visit->card.note != CARD_NOTE_NONE) {
        *ret_number += (uint32_t)visit->card.note;
        return visit->card.note == CARD_NOTE_DONE ? CUE_DONE : CUE_COULD_NOT;
    }
    if (screen == SCREEN_GRANT) {
        *ret_number += (uint32_t)visit->grant.state << 4 | (uint32_t)visit->grant.note;
        return visit->grant.note != GRANT_NOTE_NONE ? CUE_COULD_NOT
               : visit->grant.state == GRANT_DIGITS ? CUE_NEEDS_YOU
                                                    : CUE_NONE;
    }
    if (screen == SCREEN_SIGN_IN && visit->sign_in.note != SIGN_IN_NOTE_NONE) {
        *ret_number += (uint32_t)visit->sign_in.note;
        return CUE_COULD_NOT;
    }
    return CUE_NONE;
}
