/* How much is owned by anybody now (visits_count.c). */
#ifndef FUZZ_VISITS_COUNT_H
#define FUZZ_VISITS_COUNT_H

typedef struct OwnedCount {
    long blobs, homes, drafts;
    long catalogues; /* kept, less dropped; those that were parsed are not counted */
} OwnedCount;

extern OwnedCount owned_count;

#endif
