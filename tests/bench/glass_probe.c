/* Looks at an X display from outside, as a person would: touches a place and says how long it takes until a pixel
 * changes.
 *
 *   glass_probe await X Y RRGGBB|any [MS]   waits until the pixel has that colour (any: is not black); prints the
 *                                           monotonic clock, microseconds
 *   glass_probe touch N X Y PX PY           presses at (X, Y) N times and waits for another colour at (PX, PY), then
 *                                           lifts and waits for the old one; prints microseconds, a line each
 *   glass_probe click X Y                   one press and release
 *   glass_probe floor N                     the same against the least there can be: a window of its own that fills a
 *                                           rectangle
 */
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

#define PATIENCE_US 3000000
#define PLACE       100 /* of the floor's touch, pixels from the corner */

static int64_t now_us(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static unsigned long pixel(Display *display, int x, int y)
{
    XImage *image = XGetImage(display, DefaultRootWindow(display), x, y, 1, 1, AllPlanes, ZPixmap);
    unsigned long value = image ? XGetPixel(image, 0, 0) & 0xffffff : 0;

    if (image)
        XDestroyImage(image);
    return value;
}

static int number(const char *text)
{
    return (int)strtol(text, NULL, 10);
}

static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){ ms / 1000, (long)(ms % 1000) * 1000000 }, NULL);
}

static void press(Display *display, Bool down)
{
    XTestFakeButtonEvent(display, 1, down, CurrentTime);
    XFlush(display);
}

/* Microseconds until the pixel is (or is no more) `colour`; -1: never. */
static int64_t until(Display *display, int x, int y, unsigned long colour, bool is)
{
    int64_t start = now_us();

    while ((pixel(display, x, y) == colour) != is)
        if (now_us() - start > PATIENCE_US)
            return -1;
    return now_us() - start;
}

static int touch(Display *display, int count, const int place[4])
{
    XTestFakeMotionEvent(display, -1, place[0], place[1], CurrentTime);
    XSync(display, False);
    pause_ms(300);
    for (int i = 0; i < count; i++) {
        unsigned long before = pixel(display, place[2], place[3]);
        press(display, True);
        int64_t took = until(display, place[2], place[3], before, false);
        pause_ms(30);
        press(display, False);
        int64_t back = until(display, place[2], place[3], before, true);
        if (took < 0 || back < 0) {
            fprintf(stderr, "touch %d: the pixel never %s\n", i, took < 0 ? "changed" : "changed back");
            return 1;
        }
        printf("%lld\n", (long long)took);
        pause_ms(90 + i * 37 % 70); /* never in step with anybody's frames */
    }
    return 0;
}

static int await(Display *display, int x, int y, const char *colour, int64_t patience_ms)
{
    bool any = strcmp(colour, "any") == 0;
    unsigned long wanted = strtoul(colour, NULL, 16);
    int64_t end = now_us() + patience_ms * 1000;

    while (now_us() < end) {
        unsigned long is = pixel(display, x, y);
        if (any ? is != 0 : is == wanted) {
            printf("%lld\n", (long long)now_us());
            return 0;
        }
        pause_ms(1);
    }
    fprintf(stderr, "the pixel is %06lx\n", pixel(display, x, y));
    return 1;
}

/* The window of the floor: as fast as Xlib gets. */
static void fill_on_touch(void)
{
    Display *display = XOpenDisplay(NULL);

    if (!display)
        exit(1);
    int screen = DefaultScreen(display);
    Window window = XCreateSimpleWindow(display, DefaultRootWindow(display), 0, 0, 2 * PLACE, 2 * PLACE, 0, 0,
                                        WhitePixel(display, screen));
    GC gc = XCreateGC(display, window, 0, NULL);
    XSelectInput(display, window, ButtonPressMask | ButtonReleaseMask);
    XMapWindow(display, window);
    for (;;) {
        XEvent event;
        XNextEvent(display, &event);
        XSetForeground(display, gc, event.type == ButtonPress ? 0x0B4F5C : WhitePixel(display, screen));
        XFillRectangle(display, window, gc, PLACE - 40, PLACE - 40, 80, 80);
        XFlush(display);
    }
}

static int floor_of(Display *display, int count)
{
    static const int place[] = { PLACE, PLACE, PLACE, PLACE };
    pid_t pid = fork();

    if (pid == 0)
        fill_on_touch();
    pause_ms(500);
    int result = touch(display, count, place);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    return result;
}

int main(int argc, char **argv)
{
    Display *display = XOpenDisplay(NULL);

    if (!display) {
        fprintf(stderr, "no display\n");
        return 2;
    }
    if (argc >= 5 && strcmp(argv[1], "await") == 0)
        return await(display, number(argv[2]), number(argv[3]), argv[4], argc > 5 ? number(argv[5]) : 30000);
    if (argc == 7 && strcmp(argv[1], "touch") == 0)
        return touch(display, number(argv[2]),
                     (int[]){ number(argv[3]), number(argv[4]), number(argv[5]), number(argv[6]) });
    if (argc == 4 && strcmp(argv[1], "click") == 0) {
        XTestFakeMotionEvent(display, -1, number(argv[2]), number(argv[3]), CurrentTime);
        press(display, True);
        pause_ms(30);
        press(display, False);
        XSync(display, False);
        return 0;
    }
    if (argc == 3 && strcmp(argv[1], "floor") == 0)
        return floor_of(display, number(argv[2]));
    fprintf(stderr, "usage: see glass_probe.c\n");
    return 2;
}
