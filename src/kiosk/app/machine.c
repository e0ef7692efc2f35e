/* What the machine knows whether somebody visits or not: registrar, catalogue, printer, glass. */
#include "kiosk/app/flow.h"

#include <stdio.h>
#include <string.h>

#define PRINTER_WORDS_MOST sizeof((ApiHeartbeat *)0)->printer

static void take_heartbeat(const Step *step)
{
    Model *model = step->model;
    ApiHeartbeatAnswer *answer = &step->msg->as.heartbeat;

    model->registrar.answered = true;
    model->registrar.unknown_kiosk = false;
    model->registrar.lost = 0;
    if (answer->place[0])
        memcpy(model->place, answer->place, sizeof model->place);
    memcpy(model->registrar.office_hours, answer->office_hours, sizeof model->registrar.office_hours);

    model->registrar.grants = answer->phone_sign_in;

    machine_ask_catalogue(step, answer->catalogue);
}
static_assert(sizeof((Model *)0)->place == sizeof((ApiHeartbeatAnswer *)0)->place, "the registrar's place fits");

void machine_ask_catalogue(const Step *step, const char *told)
{
    const Model *model = step->model;
    const Catalogue *newest = model->catalogue_next ? model->catalogue_next : model->catalogue;
    const char *version = newest ? catalogue_version(newest) : "";

    if (newest && told && strcmp(version, told) == 0)
        return;
    Cmd *cmd = step_machine_cmd(step, CMD_CATALOGUE);
    str_copy_cut(str_from(version), cmd->as.catalogue.etag, sizeof cmd->as.catalogue.etag);
}

void machine_ask_all(const Step *step)
{
    step->model->registrar.heartbeat_at_ms = step->now_ms; /* its answer has the version of everything */
}

void machine_is_unknown(const Step *step)
{
    step->model->registrar.unknown_kiosk = true;
    if (step->visit->active)
        visit_end(step);
    else
        machine_ask_all(step);
}

void machine_take_catalogue(Model *model)
{
    if (!model->catalogue_next)
        return;
    catalogue_drop(model->catalogue);
    model->catalogue = steal(&model->catalogue_next);
}

static void take_catalogue(const Step *step)
{
    Model *model = step->model;

    if (!step->msg->as.catalogue)
        return; /* not newer than ours */
    catalogue_drop(model->catalogue_next);
    model->catalogue_next = steal(&step->msg->as.catalogue);
    model->registrar.catalogue_failed = false;
    if (!step->visit->active)
        machine_take_catalogue(model);
}

static void take_failed(const Step *step)
{
    RegistrarFacts *registrar = &step->model->registrar;

    if (step->msg->as.failed.command == CMD_CATALOGUE)
        registrar->catalogue_failed = true;
    else {
        registrar->lost++;
        registrar->unknown_kiosk = step->msg->as.failed.problem.kind == PROBLEM_UNKNOWN_KIOSK;
        /* One that is lost may be chance, and who begins a visit now should know; a student waits for its answer. */
        if (registrar->lost < HEARTBEATS_LOST_MOST || fault_is_away(step->visit))
            machine_doubt(step);
    }
}

void machine_doubt(const Step *step)
{
    int64_t soon_ms = step->now_ms + HEARTBEAT_SOON_MS;

    if (soon_ms < step->model->registrar.heartbeat_at_ms)
        step->model->registrar.heartbeat_at_ms = soon_ms;
}

void machine_take(const Step *step)
{
    Model *model = step->model;
    const Msg *msg = step->msg;

    if (msg->kind == MSG_HEARTBEAT)
        take_heartbeat(step);
    else if (msg->kind == MSG_CATALOGUE)
        take_catalogue(step);
    else if (msg->kind == MSG_FAILED)
        take_failed(step);
    else if (msg->kind == MSG_PRINTER && msg->as.printer.condition < PRINTER_CONDITION_COUNT)
        model->printer =
            (PrinterFacts){ msg->as.printer.condition, msg->as.printer.paper_low, msg->as.printer.toner_low };
    else if (msg->kind == MSG_WINDOW) {
        model->window.width = msg->as.window.width;
        model->window.height = msg->as.window.height;
        model->window.pixels_per_mm = msg->as.window.pixels_per_mm;
    }
}

static uint32_t jitter_ms(const uint8_t random[16])
{
    return ((uint32_t)random[14] << 8 | random[15]) % HEARTBEAT_JITTER_MS;
}

/* For whoever looks after it: "ready,toner-low".  Students are told only what keeps their paper. */
static void write_printer(const PrinterFacts *printer, char ret[PRINTER_WORDS_MOST])
{
    (void)snprintf(ret, PRINTER_WORDS_MOST, "%s%s%s", printer_condition_name(printer->condition),
                   printer->paper_low ? ",paper-low" : "", printer->toner_low ? ",toner-low" : "");
}

/* When the resting screen shows the next notice; INT64_MAX where there is no other: its greeting alone turns when the
 * machine wakes anyway. */
static int64_t turns_at(const Model *model)
{
    const ApiNotice *on[NOTICES_MOST];
    bool turns = model_screen(model) == SCREEN_ATTRACT && model_notices(model, on) > 1;

    return turns ? model->turned_ms + ATTRACT_TURN_MS : INT64_MAX;
}

static void turn(const Step *step, bool awake)
{
    Model *model = step->model;
    int64_t at_ms = turns_at(model);

    if (model_screen(model) != SCREEN_ATTRACT)
        return;
    if (step->now_ms >= at_ms || (awake && at_ms == INT64_MAX)) {
        model->greeting++;
        model->turned_ms = step->now_ms;
    }
}

void machine_time(const Step *step)
{
    Model *model = step->model;

    bool first = model->registrar.heartbeat_at_ms == 0;
    bool awake = step->now_ms >= model->registrar.heartbeat_at_ms;

    turn(step, awake && !first);
    if (!awake)
        return;
    bool out = model_screen(model) == SCREEN_OUT_OF_SERVICE;
    const char *screen = step->visit->active ? "visit" : out ? "out-of-service" : "attract";
    Cmd *cmd = step_machine_cmd(step, CMD_HEARTBEAT);

    cmd->as.heartbeat.uptime_s = (step->now_ms - model->started_ms) / 1000;
    str_copy_cut(str_from(model->version), cmd->as.heartbeat.version, sizeof cmd->as.heartbeat.version);
    str_copy_cut(str_from(screen), cmd->as.heartbeat.screen, sizeof cmd->as.heartbeat.screen);
    write_printer(&model->printer, cmd->as.heartbeat.printer);
    model->registrar.heartbeat_at_ms = step->now_ms + HEARTBEAT_MS + jitter_ms(step->msg->random);
}

int64_t machine_next_wake(const Model *model)
{
    int64_t minute_ms = model->monotonic_ms + 60000 - model->wall_ms % 60000; /* the clock on the glass */

    int64_t wake_ms = model->registrar.heartbeat_at_ms < minute_ms ? model->registrar.heartbeat_at_ms : minute_ms;

    return turns_at(model) < wake_ms ? turns_at(model) : wake_ms;
}
