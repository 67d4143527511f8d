/* export.h: writes the weights as the engine maps them (net/form.h). */
#ifndef TRAIN_EXPORT_H
#define TRAIN_EXPORT_H

#include "train/model.h"

/* The model must have its steps (model_quantise). FAIL_IO, FAIL_MEMORY. */
enum outcome export_weights(const char *path, const struct model *model,
                            const struct inventory *inv, const struct vectors *vectors,
                            struct fail *fail);

#endif
