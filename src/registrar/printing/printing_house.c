#include "registrar/printing/printing_house.h"

#include <pthread.h>
#include <string.h>

#include "base/memory.h"
#include "base/queue.h"

#define LOOK_MS 1000
#define BUSY_MS 400
#define IDLE_MS 10000

/* The presses of one institution. */
typedef struct Hall {
    PrintingOffice of;
    bool failing; /* that its printers could not be looked up was said */
    size_t count;
    Press *presses[PRINTERS_MOST];
} Hall;

struct PrintingHouse {
    Hall *halls;
    size_t count;
    Clock clock;
    Queue *stops; /* one item: it is to stop */
    pthread_t thread;
    bool running;
};

static bool is_among(const PrinterHold *hold, const PrinterHold *holds, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(holds[i].id, hold->id) == 0 && holds[i].epoch == hold->epoch)
            return true;
    return false;
}

/* Presses whose printer is no longer ours. */
static void let_go(Hall *hall, const PrinterHold *holds, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < hall->count; i++) {
        if (is_among(press_hold(hall->presses[i]), holds, count))
            hall->presses[kept++] = hall->presses[i];
        else
            press_stop(hall->presses[i]);
    }
    hall->count = kept;
}

static void set_up(const PrintingHouse *house, Hall *hall, const PrinterHold *hold)
{
    const PressConfig config = { .office = hall->of.office,
                                 .hold = *hold,
                                 .clock = house->clock,
                                 .log = hall->of.log,
                                 .look_ms = LOOK_MS,
                                 .busy_ms = BUSY_MS,
                                 .idle_ms = IDLE_MS };
    Error err = { 0 };

    for (size_t i = 0; i < hall->count; i++)
        if (is_among(press_hold(hall->presses[i]), hold, 1))
            return;
    Press *press = press_start(&config, &err);
    if (press)
        hall->presses[hall->count++] = press;
    else
        log_failure(hall->of.log, LOG_ERROR, EVENT_PRINT_FAILED, &err,
                    (const LogField[]){ LOG_WORD("printer", hold->id), { 0 } });
}

static void look_round(const PrintingHouse *house, Hall *hall)
{
    PrinterHold holds[PRINTERS_MOST];
    size_t count = hall->count;
    Error err = { 0 };

    for (size_t i = 0; i < hall->count; i++)
        holds[i] = *press_hold(hall->presses[i]);
    const bool done = printer_work_keep(hall->of.office, holds, &count, &err);
    if (!done && !hall->failing)
        log_failure(hall->of.log, LOG_ERROR, EVENT_PRINT_FAILED, &err, (const LogField[]){ { 0 } });
    hall->failing = !done;
    if (!done)
        return;
    let_go(hall, holds, count);
    for (size_t i = 0; i < count; i++)
        set_up(house, hall, &holds[i]);
}

static void close_down(Hall *hall)
{
    for (size_t i = 0; i < hall->count; i++)
        press_hurry(hall->presses[i]);
    for (size_t i = 0; i < hall->count; i++) {
        const PrinterHold hold = *press_hold(hall->presses[i]);
        Error err = { 0 };

        press_stop(hall->presses[i]);
        if (!printer_work_release(hall->of.office, &hold, &err))
            log_failure(hall->of.log, LOG_WARN, EVENT_PRINT_FAILED, &err,
                        (const LogField[]){ LOG_WORD("printer", hold.id), { 0 } });
    }
}

static void *run(void *ctx)
{
    PrintingHouse *house = ctx;
    bool stop = false;

    pthread_setname_np(pthread_self(), "printing-house");
    do {
        for (size_t i = 0; i < house->count; i++)
            look_round(house, &house->halls[i]);
    } while (!queue_pop(house->stops, &stop, PRINTER_KEEP_S * 1000));
    for (size_t i = 0; i < house->count; i++)
        close_down(&house->halls[i]);
    return NULL;
}

PrintingHouse *printing_house_start(const PrintingOffice *offices, size_t count, Clock clock, Error *err)
{
    OWNED(PrintingHouse) house = mem_new(1, sizeof *house);

    if (house) {
        house->halls = mem_new(count, sizeof *house->halls);
        house->stops = queue_new(sizeof(bool), 1);
    }
    if (!house || !house->halls || !house->stops) {
        error_set(err, ERR_MEMORY, "printing house");
        return NULL;
    }
    house->clock = clock;
    house->count = count;
    for (size_t i = 0; i < count; i++)
        house->halls[i].of = offices[i];
    house->running = pthread_create(&house->thread, NULL, run, house) == 0;
    if (!house->running) {
        error_set(err, ERR_MEMORY, "printing house: no thread");
        return NULL;
    }
    return steal(&house);
}

void printing_house_stop(PrintingHouse *house)
{
    const bool stop = true;

    if (!house)
        return;
    if (house->running && queue_push(house->stops, &stop))
        pthread_join(house->thread, NULL);
    queue_free(house->stops);
    mem_free(house->halls);
    mem_free(house);
}
