/* Where there is no libFuzzer: plays each file, and each file of each folder, that is named, once. */
#include <dirent.h>

#include "fuzz.h"

static unsigned played;

static void play_file(const char *path)
{
    Error err = { 0 };
    Buf bytes;

    buf_init(&bytes, 16u << 20);
    if (!file_read(path, &bytes, &err)) {
        (void)!fprintf(stderr, "%s: %s\n", path, err.text);
        exit(2);
    }
    /* A copy of its very size, so that a sanitizer sees what is read behind it. */
    uint8_t *exact = mem_copy(bytes.data ? bytes.data : "", bytes.len);
    FUZZ_HOLDS(exact);
    (void)LLVMFuzzerTestOneInput(exact, bytes.len);
    mem_free(exact);
    buf_fini(&bytes);
    played++;
}

static void play(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    char inside[1024];

    if (!folder) {
        play_file(path);
        return;
    }
    while ((entry = readdir(folder)))
        if (entry->d_name[0] != '.') {
            (void)!snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
            play_file(inside);
        }
    closedir(folder);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        play(argv[i]);
    printf("%u inputs\n", played);
    return played > 0 ? 0 : 1;
}
