/* A tree as it is spoken: name, then role, place and state, then what can be done.  Words come from the caller. */
#ifndef KIOSK_UI_SPEECH_H
#define KIOSK_UI_SPEECH_H

#include "kiosk/ui/tree.h"

/* In the language of the tree.  None is NULL; "" is not said. */
typedef struct SpeechWords {
    const char *role[ROLE_COUNT]; /* "button" */
    const char *place;            /* "{0} of {1}" among the choices of one question */
    const char *chosen, *not_chosen, *filling, *disabled, *empty, *star, *stars;
    /* star: one typed character of a secret; stars: "{0} characters" */
} SpeechWords;

/* One node with all that is in it; nothing for one that only groups. */
void speech_of_node(const Tree *tree, const Node *node, const SpeechWords *words, Buf *buf);
/* All nodes from `from` on and inside it, in order, a line each; controls that are made of others are one line. */
void speech_of(const Tree *tree, const Node *from, const SpeechWords *words, Buf *buf);

#endif
