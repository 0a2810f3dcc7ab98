// Sentences of errors, refusals and notices. {name} is filled from the details.
import type { Sentence } from '../../contract/language'
import type * as ja from './ja'

export const errors = {
  // files that the engine reads and writes
  // reading any file
  FILE_MISSING: {
    message: '{file} does not exist.',
    hint: 'Check the location, or download the model again.'
  },
  FILE_UNREADABLE: {
    message: '{file} cannot be read ({reason}).',
    hint: 'Check that you have permission to read it and that its drive is connected.'
  },
  FILE_EMPTY: {
    message: '{file} is empty; its transfer did not finish.',
    hint: 'Download or copy it again.'
  },
  FILE_TRUNCATED: {
    message: '{file} is cut off ({actual} bytes instead of {expected}).',
    hint: 'Download or copy it again; the transfer did not finish.'
  },
  FILE_TOO_LARGE: {
    message: '{file} is larger than such a file can be ({size} bytes).',
    hint: 'Check that it really is what its name says, or download it again.'
  },
  BROKEN_CONFIG: {
    message: '{file} is not valid JSON (byte {offset}: {reason}).',
    hint: 'Download or copy it again; if you edited it, look at that place.'
  },
  // safetensors
  BROKEN_HEADER: {
    message: '{file} cannot be read as safetensors ({reason}).',
    hint: 'Download it again; it may be another kind of file under this name.'
  },
  BAD_OFFSETS: {
    message: 'In {file}, the position of {tensor} ({begin} to {end}) does not match the rest.',
    hint: 'Download it again; if that does not help, choose another source.'
  },
  BAD_SHAPE: {
    message: 'In {file}, {tensor} has the impossible shape {shape}.',
    hint: 'Download it again; if that does not help, choose another source.'
  },
  TENSOR_SIZE_MISMATCH: {
    message: 'In {file}, {tensor} has {actual} bytes, but its shape {shape} needs {expected}.',
    hint: 'Download it again; if that does not help, choose another source.'
  },
  UNKNOWN_DTYPE: {
    message: 'In {file}, {tensor} is stored in the unknown number format {dtype}.',
    hint: 'Choose a version of the model in F32, BF16 or F16.'
  },
  DUPLICATE_TENSOR: {
    message: '{tensor} is in {file} twice, and there is no telling which one is right.',
    hint: 'Download it again; if that does not help, choose another source.'
  },
  NOT_FINITE_WEIGHTS: {
    message: 'In {file}, {tensor} contains NaN or infinity.',
    hint: 'Download it again; if that does not help, the model itself is damaged: choose another.'
  },
  // GGUF
  BROKEN_GGUF: {
    message: '{file} cannot be read as a GGUF file ({reason}).',
    hint: 'Download it again; it may be another kind of file under this name.'
  },
  GGUF_VERSION: {
    message: '{file} is a GGUF file of version {version}; versions 2 and 3 are read.',
    hint: 'Choose a newer file of the same model.'
  },
  GGUF_TYPE: {
    message: 'In {file}, {tensor} is packed as {dtype}, which is not read.',
    hint: 'Choose a file of the same model in Q4_K_M, Q5_K_M, Q6_K, Q8_0, Q4_0, F16 or BF16.'
  },
  GGUF_SPLIT: {
    message: '{file} is one part of a model in several GGUF files, which is not read.',
    hint: 'Choose the same model in one file (a smaller packing such as Q4_K_M usually is one), or its Hugging Face folder.'
  },
  GGUF_NO_TOKENIZER: {
    message: '{file} holds no tokenizer.',
    hint: 'Choose another GGUF file of the same model, or its Hugging Face folder.'
  },
  GGUF_TOKENIZER_UNKNOWN: {
    message: 'The tokenizer of {file} is of a kind that is not known here ({name}).',
    hint: 'Use the Hugging Face folder of the same model (config.json, tokenizer.json and safetensors).'
  },
  // model folders
  BROKEN_INDEX: {
    message: '{file} cannot be read as the index of a model in several files ({reason}).',
    hint: 'Download the model again, with all of its files.'
  },
  BAD_SHARD_NAME: {
    message: '{file} refers to {name}, which points outside the folder; it was not opened.',
    hint: 'This download is broken or harmful: choose another source.'
  },
  TENSOR_MISSING: {
    message: '{tensor} is missing in {file}.',
    hint: 'Download it again, or choose a model of a known family.'
  },
  // writing
  FOLDER_MISSING: {
    message: 'The folder for {file} does not exist.',
    hint: 'Create the folder, or choose another location.'
  },
  WRITE_FAILED: {
    message: '{file} could not be written ({reason}).',
    hint: 'Check the drive, then try again.'
  },
  // the engine
  // the machine
  OUT_OF_MEMORY: {
    message: 'There is not enough memory: {needed} is needed, {available} is free. Nothing was lost.',
    hint: 'Close other apps, or choose a smaller model, shorter examples, a smaller batch, nf4 or gradient checkpointing.'
  },
  GPU_OUT_OF_MEMORY: {
    message: 'The GPU has not enough memory: {needed} is needed, {available} is free. Nothing was lost.',
    hint: 'Close other apps that use the GPU, or choose a smaller model, shorter examples, a smaller batch, nf4 or gradient checkpointing. It can also be calculated on the CPU.',
    command:
      'Close other apps that use the GPU, or try --base-quantization nf4, --gradient-checkpointing, a smaller --batch-size or --max-seq-length. --device cpu does without the GPU.'
  },
  GPU_NOT_USABLE: {
    message: 'It cannot be calculated on a GPU: {gpu}.',
    hint: 'Choose automatic or the CPU as the place where it is calculated.',
    command: 'With --device auto or --device cpu it is calculated on the CPU.'
  },
  THREADS_UNAVAILABLE: {
    message: 'The system could not start {threads} threads.',
    hint: 'Choose fewer threads, or 0 for one per processor.'
  },
  UNKNOWN_BACKEND: {
    message: 'The instruction set "{name}" is unknown, or this processor does not have it.',
    hint: 'Unset NEIRO_ISA, or set it to scalar, avx2, avx512 or neon.'
  },
  NO_INT8_PRODUCTS: {
    message: 'Products in INT8 cannot be made here ({backend}): there is no instruction for them.',
    hint: 'Set the numbers that are multiplied to automatic.'
  },
  NOTHING_IN_INT8: {
    message:
      'All weights of the model stay in 32 bits in this training, so nothing would be calculated in INT8.',
    hint: 'Choose nf4 or int8 as the precision of the base model, or set the numbers that are multiplied to automatic.'
  },
  // arguments
  BAD_OPTION: {
    message: 'Expected {expected} for {option}, got {value}.',
    hint: 'Correct this setting and try again.'
  },
  EMPTY_BATCH: { message: 'The batch is empty.', hint: 'Give it at least one example.' },
  BATCH_TOO_LARGE: {
    message: 'The batch has {tokens} tokens; memory was planned for {limit}.',
    hint: 'Lower “Examples at a time” or “Longest example”.'
  },
  BAD_LENGTHS: {
    message: 'The lengths of the examples do not add up to the {tokens} tokens of the batch.',
    hint: 'Prepare the data again.'
  },
  BAD_TOKEN: {
    message: 'Token {token} at position {position} is outside the vocabulary of {limit}.',
    hint: 'Prepare the data again with the tokenizer that belongs to this model.'
  },
  // models
  BAD_CONFIG: {
    message: 'The model says {field} = {value}, expected {expected}.',
    hint: 'Download the model again, or repair its config.json.'
  },
  UNSUPPORTED_MODEL: {
    message: 'The model needs {field} = {value}, which is not supported yet.',
    hint: 'Choose another model, or another version of this one.'
  },
  UNSUPPORTED_ROPE: {
    message: 'The model extends its positions with {rope}, which is not supported yet.',
    hint: 'Choose a model with default, linear, llama3 or longrope positions.'
  },
  TENSOR_SHAPE: {
    message: 'In {file}, {tensor} has the shape {actual}, but config.json asks for {expected}.',
    hint: 'Download the model again so that its files match.'
  },
  UNSUPPORTED_DTYPE: {
    message: 'In {file}, {tensor} is stored as {dtype}, which is not supported.',
    hint: 'Choose a version of the model stored as F32, BF16 or F16.'
  },
  // adapters
  UNSUPPORTED_ADAPTER: {
    message: 'The adapter has {field} = {value}, which is not supported.',
    hint: 'Use a LoRA, DoRA or IA3 adapter on the linear layers, or a prompt or prefix.'
  },
  BAD_ADAPTER_CONFIG: {
    message: 'adapter_config.json has no usable {field}.',
    hint: 'Copy the adapter folder again.'
  },
  ADAPTER_MISMATCH: {
    message:
      'The adapter does not belong to this model or these settings: {tensor} is {actual}, expected {expected}.',
    hint: 'Choose the model and settings it was trained with.'
  },
  NO_ADAPTER: {
    message: 'This model was opened without an adapter.',
    hint: 'Open it with one, or train one first.'
  },
  NOT_TRAINABLE: {
    message: 'This model was opened for reading only.',
    hint: 'To train, open it with a part to train.'
  },
  NO_FORWARD_PASS: {
    message: 'The training asked to learn from a text that was not read just before.',
    hint: 'Start again from the last checkpoint. If it happens again, please report it.'
  },
  STATE_MISMATCH: {
    message:
      'The saved state {file} does not belong to this training: {tensor} is {actual}, expected {expected}. Nothing was changed.',
    hint: 'Resume with the settings and model it was saved with.'
  },
  // answers
  NO_LEARNT_TOKENS: {
    message: 'Nothing in these {rows} examples is marked to be learnt.',
    hint: 'Check that their answers are not empty, and try again.'
  },
  BAD_TARGET_COUNT: {
    message: "The model's head needs {expected} target values for this batch, but {actual} were given.",
    hint: "Give one for each example, or one for each label of each example, as the model's problem_type says."
  },
  BAD_TARGET: {
    message: '{target} is no target for a model of {problem} with {labels} labels.',
    hint: 'Give the number of a label (from 0) for single_label_classification, a number from 0 to 1 for multi_label_classification, or any number for regression.'
  },
  NO_LANGUAGE_HEAD: {
    message: 'This model gives scores; it does not write text.',
    hint: 'Choose a language model (…ForCausalLM).'
  },
  NO_SCORE_HEAD: {
    message: 'This model reads texts to sort them; it has no head for labels yet.',
    hint: 'Train it to sort texts first (method classification), or choose a folder that was trained so.'
  },
  START_OTHER_HEAD: {
    message:
      'What it would go on from answers in another way: one says words, the other gives labels or points.',
    hint: 'Begin with the base model (leave out --start), or go on from a training of the same kind.'
  },
  NO_REWARD_RULE: {
    message: 'There is no rule that gives answers marks.',
    hint: 'Set at least one in the expert settings: length, words to have, words to avoid, JSON, or same as the example; or choose a run that gives points or a program of your own (on the command line --reward-length 20-80, --reward-run or --reward-program).'
  },
  NO_REWARD_RUN: {
    message: 'The model of {run} gives answers no points.',
    hint: 'Choose a run that learnt to give points (--method reward) and has ended.'
  },
  REWARD_OTHER_TOKENS: {
    message:
      'The model of {run}, which gives points, reads texts otherwise (other tokens) than the one that learns.',
    hint: 'Choose a run of points that was trained on the same base model.'
  },
  PROGRAM_NOT_READ: {
    message: 'The program {file}, which gives marks, cannot be read.',
    hint: 'Check where the file is and whether you may read it.'
  },
  PROGRAM_NOT_AGREED: {
    message: 'Nobody has agreed yet to {file} being run to give marks.',
    hint: 'Look at what it does, then agree in the window, or add --run-program to neiro tune (to go on: neiro tune --resume RUN --run-program).'
  },
  PROGRAM_CHANGED: {
    message: 'The program {file}, which gives marks, has changed since this run began, or is gone.',
    hint: 'Put it back as it was and resume, or begin a new run with the program of now.'
  },
  PROGRAM_NOT_STARTED: {
    message: 'The program {file}, which gives marks, could not be started ({reason}).',
    hint: 'See whether it runs by itself. A .py needs Python, .js and .mjs need Node, and other files the right to be executed.'
  },
  PROGRAM_ENDED: {
    message: 'The program {file}, which gives marks, ended before it answered ({code}{said}).',
    hint: 'Let it answer each line with one line, until its input ends. A checkpoint was kept. A mended program is another one: begin a new run with it.'
  },
  PROGRAM_SILENT: {
    message: 'The program {file}, which gives marks, has not answered for {seconds} seconds.',
    hint: 'See whether it flushes its output after each line. If it needs longer, raise the seconds for your program (--reward-seconds). A checkpoint was kept.'
  },
  PROGRAM_NONSENSE: {
    message: 'What the program {file} answered as marks is no number: “{said}”.',
    hint: 'Print one number on one line, as 0.5 or {"reward": 0.5}. A checkpoint was kept.'
  },
  RATES_REPLIES: {
    message: 'This model gives replies points; it does not sort texts.',
    hint: 'neiro eval --run tells how well its points fit, on pairs of replies. To sort texts, choose a run that was trained by the method classification.'
  },
  NO_PAIRS: {
    message: 'There are no pairs of a preferred reply and another.',
    hint: 'Choose a file with columns for the question, the preferred reply (chosen) and the other one (rejected).'
  },
  EXAMPLE_TOO_LONG: {
    message: 'A text has {tokens} tokens; this model reads at most {limit}.',
    hint: 'Lower the longest example to {limit} or less.'
  },
  NO_EXAMPLES_FOR_GOAL: {
    message: 'The data hold no rows for this goal yet.',
    hint: 'Check the parts of the columns in the data room: a tone needs questions and answers, sorting needs texts and labels, a preference needs questions with two replies.'
  },
  NO_RATED_ROWS: {
    message: 'No row of the data is rated good or bad. This way learns from one reply and its rating.',
    hint: 'To learn from pairs of replies, choose another kind of training (DPO, for instance). To learn from ratings, add a column of them.'
  },
  NO_LABELS: {
    message: 'No row has a text and a label.',
    hint: 'Choose a column of texts and a column of labels, or another method.'
  },
  NO_ANSWERS_BESIDE: {
    message: 'There are only rows with labels, and no answers to learn beside them.',
    hint: 'Add a file of questions and answers, too, or choose the method that only sorts (classification).'
  },
  TOO_FEW_CLASSES: {
    message: 'There are fewer than two labels to tell apart ({labels}).',
    hint: 'Add rows with other labels, or check which column holds the labels.'
  },
  NOT_NUMBERS: {
    message: 'The label "{label}" is no number.',
    hint: 'Choose "problem: single", or correct the row.'
  },
  SEVERAL_LABELS: {
    message: 'The row has not exactly one label ({labels}).',
    hint: 'Choose "problem: several" where rows may have several labels or none.'
  },
  UNKNOWN_LABEL: {
    message: 'The label "{label}" appears in no row that is learnt from.',
    hint: 'Correct it, or add rows with this label.'
  },
  NO_CLASS_WEIGHTS: {
    message: 'Weights by label can be used only where every row has exactly one label.',
    hint: 'Set class_weights to none.'
  },
  EMPTY_LABEL: { message: 'There is no label.', hint: 'Write the label, or remove the row.' },
  NOT_MERGEABLE: {
    message:
      "An adapter of virtual tokens (prompt, prefix or P-tuning) cannot be built into the model's weights.",
    hint: 'Write it as an adapter (peft), and use it together with its base model.'
  },
  NO_ROOM_FOR_TEXT: {
    message:
      'With {virtual} learnt tokens before each example nothing is left of the {positions} tokens that this model reads.',
    hint: 'Use fewer of them (virtual_tokens).'
  },
  COMBINE_OTHER_BASE: {
    message: '“{adapter}” was learnt on another model than {base}.',
    hint: 'Only adapters that were learnt on the same model can be combined.'
  },
  COMBINE_UNSUPPORTED: {
    message: 'An adapter with {field} = {value} cannot be combined: “{adapter}”.',
    hint: 'Give plain LoRA adapters only: no DoRA, IA3, prompt or prefix, none with learnt tokens, and none that sorts texts.'
  },
  COMBINED_NOT_FINITE: {
    message: 'The combined adapter ({how}) gave something that is no number. Nothing was written.',
    hint: 'Make the weights smaller (--weights), or combine them in another way (--method).'
  },
  NO_CONTEXT: {
    message: 'This model was opened without room for answers.',
    hint: 'Open it with maxContext above 0.'
  },
  NO_CONVERSATIONS: {
    message: 'This model was not opened for several conversations at once.',
    hint: 'Open it with conversations above 0.'
  },
  NO_FREE_PLACE: {
    message: 'There is room for {places} conversations at once, and all are taken.',
    hint: 'Try again when one of them has ended.'
  },
  EMPTY_PROMPT: { message: 'The prompt is empty.', hint: 'Write something and try again.' },
  NOTHING_STARTED: { message: 'There is no answer to continue.', hint: 'Send a prompt first.' },
  NOT_FINITE_LOGITS: {
    message: 'The model computed a value that is not a number.',
    hint: 'The adapter may be damaged: go back to an earlier one, or train again with a smaller learning rate.'
  },
  // sessions
  ENGINE_BUSY: {
    message: 'The model is still working on something else.',
    hint: 'Wait until it has finished, or cancel it.'
  },
  SESSION_CLOSED: { message: 'This model has been closed.', hint: 'Open it again.' },
  // data files
  NO_DATA: {
    message: 'There is nothing to learn from in what was chosen.',
    hint: 'Choose at least one file with questions and answers.'
  },
  FOLDER_BUSY: {
    message: 'Another Neiro keeps writing to {folder}.',
    hint: 'Close the other Neiro, then try again.'
  },
  DATA_NOT_FOUND: {
    message: '{file} was not found.',
    hint: 'Check the name and location of the file.'
  },
  DATA_NOT_READABLE: {
    message: '{file} cannot be read ({reason}).',
    hint: 'Check that you have permission to read it and that it is not open in another app.'
  },
  EMPTY_DATA: { message: '{file} is empty.', hint: 'Choose a file with questions and answers in it.' },
  UNKNOWN_FORMAT: { message: 'Files like {file} cannot be read.', hint: 'Save it as one of: {known}' },
  NOT_A_FILE: {
    message: '{file} is not an ordinary file.',
    hint: 'Choose a file that is saved on this computer.'
  },
  CHANGED_WHILE_READ: {
    message: '{file} was changed while it was being read.',
    hint: 'Wait until the other app has finished saving, then add it again.'
  },
  FOREIGN_FILE: {
    message: '{file} is a {program} file and cannot be read as it is.',
    hint: 'Open it in {program}, save or export it as {format}, then add that file. The original stays as it is.'
  },
  NO_TABLE_IN_PAGE: {
    message: '{file} is a web page without a table.',
    hint: 'Open it in Excel or a browser, and save the text as txt or the table as xlsx.'
  },
  PASSWORD_PROTECTED: {
    message: '{file} is protected by a password.',
    hint: 'Remove it in {program}, then add the file again.'
  },
  OLD_OFFICE_FILE: {
    message: '{file} is in an older {program} format that cannot be read directly.',
    hint: 'Open it in {program}, save it as {format}, then add that file. The original stays as it is.'
  },
  BROKEN_OFFICE_FILE: {
    message: '{file} is damaged or incomplete.',
    hint: 'Check that {program} opens it, save it again, then add it.'
  },
  OFFICE_FILE_TOO_LARGE: {
    message: '{file} becomes too large when opened.',
    hint: 'Save only the sheets and columns that are needed, or save the table as CSV.'
  },
  OFFICE_FILE_STRANGE: {
    message: '{file} is built in a way that no office app writes.',
    hint: 'Open it in {program}, save it under a new name, then add that file.'
  },
  BROKEN_PARQUET: {
    message: '{file} is a damaged or incomplete Parquet file ({problem}).',
    hint: 'Download it again, or save the table as CSV or JSONL and add that file.'
  },
  PARQUET_TOO_LARGE: {
    message: '{file} holds its rows in pieces that are too large to be opened.',
    hint: 'Save it with smaller row groups, or as CSV or JSONL.'
  },
  PARQUET_ENCRYPTED: {
    message: '{file} is encrypted, so it cannot be read.',
    hint: 'Ask whoever made it for a copy that is not encrypted.'
  },
  NOTHING_TO_SAVE: {
    message: 'There is nothing to save into {file}.',
    hint: 'Take another form (--as), or other data.'
  },
  NO_VISIBLE_SHEET: {
    message: 'Every sheet of {file} is hidden.',
    hint: 'Unhide the sheet in Excel, save the file, then add it again.'
  },
  SQL_FILE: {
    message: '{file} holds commands for a database (SQL), with the rows inside them.',
    hint: 'Save the table from the database as CSV, then choose that file.'
  },
  COMPRESSED_FILE: {
    message: '{file} is compressed ({packed}).',
    hint: 'Extract it first, then choose the files inside.'
  },
  BINARY_FILE: {
    message: '{file} contains no text, so it cannot be read.',
    hint: 'Add an Excel, CSV, Word or text file.'
  },
  OTHER_KIND: {
    message: '{file} is {kind}, so it cannot be read.',
    hint: 'Add an Excel, CSV, Word or text file.'
  },
  WRONG_ENCODING: {
    message: 'The encoding of {file} does not match or cannot be detected ({encoding}).',
    hint: 'Choose the encoding yourself, or save the file as UTF-8. The original file is unchanged.'
  },
  UNKNOWN_ENCODING: {
    message: 'There is no encoding called {encoding}.',
    hint: 'Use one of: utf-8 utf-16le utf-16be cp932 euc-jp iso-2022-jp windows-1252 windows-1250 windows-1251 gb18030 big5 euc-kr macroman'
  },
  BROKEN_JSON_FILE: {
    message: 'The JSON in {file} is cut off or not valid near line {line}.',
    hint: 'Save it again with the app that made it; the end may be missing.'
  },
  TOO_MANY_COLUMNS: {
    message: '{file} has {columns} columns; at most {most} can be read.',
    hint: 'Save only the columns with questions and answers.'
  },
  MORE_THAN_FITS: {
    message: 'With {file}, there is more than can be looked at at once (about {most} characters in all).',
    hint: 'Choose a file with only the questions to compare. For training alone there is no such limit.'
  },
  NO_HEADER: {
    message: '{file} has no header row ({columns} columns).',
    hint: 'Add a first row that names the columns, for example: question, answer.'
  },
  NO_SUCH_ROW: {
    message: '{file} has nothing in row {row} or below it.',
    hint: 'Enter the number of the header row.'
  },
  ALL_SHEETS_LEFT_OUT: {
    message: '{file} would be left without any sheet. Nothing was changed.',
    hint: 'Keep at least one sheet, or remove the file from the list.'
  },
  UNKNOWN_SHAPE: {
    message: 'No questions and answers, conversations or text were found in {file} (its columns: {columns}).',
    hint: 'Name the columns “question” and “answer”, or say which column is which.'
  },
  LABEL_DATA: {
    message: '{file} classifies texts by the column {column}; it contains no written answers.',
    hint: 'To sort texts, choose the column of texts and the column of labels. To learn a tone, add a column of answers.'
  },
  NO_ANSWER_COLUMN: {
    message: '{file} has no column of answers (its columns: {columns}).',
    hint: 'Add a column of answers, or say which column contains them.'
  },
  NO_SUCH_COLUMN: { message: '{file} has no column {column}.', hint: 'Its columns: {columns}' },
  MAPPING_INCOMPLETE: {
    message: '{file}: no column is chosen for “{role}”.',
    hint: 'Choose one in the list below.',
    command: 'Name it with --column.'
  },
  NO_USABLE_ROW: {
    message: '{file} has no row that can be used (most common reason: {reason}).',
    hint: 'Correct the rows, or choose another file.'
  },
  ALREADY_ADDED: {
    message: 'A file with the same contents as {file} has already been added.',
    hint: 'Remove this row. The examples count only once.'
  },
  TOO_MANY_FILES: {
    message: 'More than {most} files were chosen at once. Nothing was added.',
    hint: 'Choose only the folder that holds the examples.'
  },
  SOURCE_CHANGED: {
    message: "The project's copy of {file} is gone or was changed.",
    hint: 'Remove this row, then add the file again.'
  },
  DATA_LOG_BROKEN: {
    message:
      'Line {line} of the data log (data/{file}) cannot be read. The copies of your files are unchanged.',
    hint: 'Restore {file} from a backup, or add the same files to a new project.'
  },
  DATA_FILE_GONE: { message: 'This file is no longer part of the data.', hint: 'Check the list again.' },
  NOT_THE_LAST_CHANGE: {
    message: 'Something else has changed since, so this was not undone. The examples are as they were.',
    hint: 'Use “Undo” at the bottom of the data page to undo changes one by one, newest first.'
  },
  ROW_NOT_REFUSED: {
    message: 'This row is no longer in the list of rows that can be put right.',
    hint: 'Check the list again.'
  },
  EXAMPLE_GONE: { message: 'This example is no longer part of the data.', hint: 'Check the list again.' },
  TOO_FEW_EXAMPLES: {
    message: 'With only {count} examples, none can be held out for checking.',
    hint: 'Add examples with other questions, or set the share held out (held-out ratio) to 0.'
  },
  // rows that are refused
  BROKEN_JSON: { message: 'This is not valid JSON.', hint: 'Check brackets, quotation marks and commas.' },
  NOT_AN_OBJECT: {
    message: 'This is not an object with named values.',
    hint: 'Write it as {"question": …, "answer": …}.'
  },
  TOO_MANY_CELLS: {
    message: 'The row has more cells than there are columns.',
    hint: 'Put values that contain commas in quotation marks.'
  },
  BROKEN_QUOTES: {
    message: 'The quotation marks in this row do not work out.',
    hint: 'Double the marks inside a cell, or remove the one too many.'
  },
  ROW_TOO_LONG: {
    message: 'The row is longer than four million characters.',
    hint: 'Divide it into several rows; no model takes in so much at once.'
  },
  CELL_TOO_LONG: {
    message: 'A cell holds more than a million characters.',
    hint: 'Divide its text over several rows.'
  },
  TOO_DEEP: {
    message: 'More than 64 lists and objects stand inside one another here.',
    hint: 'Write question and answer as plain text, without so many levels.'
  },
  TOO_MANY_NAMES: {
    message: 'The row has more named values than a table can have columns (16,384).',
    hint: 'Save only the values with questions and answers.'
  },
  NAME_TOO_LONG: {
    message: 'The name of a value is longer than a thousand characters.',
    hint: 'Give it a short name, such as question or answer.'
  },
  HIDDEN_ROW: { message: 'The row is hidden or filtered out.', hint: 'Show it in the sheet to use it.' },
  HIDDEN_COLUMN: { message: 'The column is hidden.', hint: 'Show it in the sheet to use it.' },
  HIDDEN_TEXT: {
    message: 'The text is hidden, or white on white.',
    hint: 'Show it in the document to use it.'
  },
  STRUCK_OUT: { message: 'The text is struck out.', hint: 'Remove the strikethrough to use it.' },
  SYMBOL_FONT: {
    message: 'Signs of a picture font (Wingdings and the like) that Neiro does not know.',
    hint: 'Write in words what the signs mean to use them.'
  },
  DELETED_TEXT: {
    message: 'The text was deleted with changes tracked.',
    hint: 'Reject the deletion in Word to use it.'
  },
  EMBEDDED_PART: {
    message: 'Another file is embedded here and cannot be read.',
    hint: 'Open the document in Word and save it again, or add that file by itself.'
  },
  FOOTNOTE: {
    message: 'The text here has a footnote, which is not read.',
    hint: 'Write what it says into the text, if it belongs to the answer.'
  },
  FORM_PLACEHOLDER: {
    message: 'A form field shows only its placeholder.',
    hint: 'Fill in the field to use it.'
  },
  EMPTY_QUESTION: { message: 'There is no question.', hint: 'Write the question, or remove the row.' },
  EMPTY_ANSWER: { message: 'There is no answer.', hint: 'Write the answer, or remove the row.' },
  EMPTY_OTHER: { message: 'The other reply is missing.', hint: 'Write the second reply, or remove the row.' },
  EMPTY_TEXT: { message: 'There is no text.', hint: 'Write the text, or remove the row.' },
  NOT_TEXT: { message: 'There is a list or an object where text should be.', hint: 'Make the value text.' },
  NOT_TURNS: {
    message: 'The conversation is not a list of turns.',
    hint: 'Make it a list of speakers and what they say.'
  },
  OTHER_SHAPE: {
    message: 'This row has different columns from the other rows.',
    hint: 'Keep only rows of one kind in one file.'
  },
  UNKNOWN_ROLE: { message: 'The speaker {role} is not known.', hint: 'Use system, user or assistant.' },
  REPEATED_KEY: {
    message: 'Two fields of this row have the same name, and there is no telling which one is meant.',
    hint: 'Give them names of their own, or delete one of them.'
  },
  WORD_FOR_NOTHING: {
    message:
      'The answer is “{word}”: it looks like a mark (empty, same as above, to come), so it is not learnt.',
    hint: 'Write the answer, or leave this row out.'
  },
  TOTAL_ROW: {
    message: 'This row looks like the total of the table, not like a question and an answer.',
    hint: 'If it is one, write it out as a question and an answer.'
  },
  TYPE_ROW: {
    message: 'This row gives the types of the columns (such as varchar or text), no question and answer.',
    hint: 'It can stay as it is.'
  },
  TURN_WEIGHT: {
    message: 'An answer has {field} {value}: it can only be learnt (1) or not (0).',
    hint: 'Change it to 0 or 1. Anything in between cannot be honoured.'
  },
  NO_LEARNT_TURN: {
    message: 'Every answer is marked as not to be learnt.',
    hint: 'Change the marks (weight, train) of the answers that should be learnt.'
  },
  TOOL_CALL: {
    message: 'The conversation calls tools or functions.',
    hint: 'Use text-only conversations; tools cannot be learnt yet.'
  },
  NOT_ONLY_TEXT: { message: 'The row contains images, audio or video.', hint: 'Use text-only rows.' },
  PREFERENCE_ROW: {
    message: 'This row compares two answers, or rates one, in a file of questions and answers.',
    hint: 'Put such rows in a file of their own, to learn what is preferred.'
  },
  DISLIKED_ROW: {
    message: 'This answer is rated bad, so it is not used as an example.',
    hint: 'To use it, correct the answer. To learn what is liked, use the column of ratings and choose the goal “Teach a preference”.'
  },
  SAME_ANSWERS: {
    message: 'The preferred reply and the other one are the same.',
    hint: 'Leave the row out, or write two different answers.'
  },
  TWO_PROMPTS: {
    message: 'The two answers belong to different questions.',
    hint: 'Put answers to the same question in one row.'
  },
  NO_VERDICT: {
    message: 'It is not said whether this answer is liked.',
    hint: 'Mark it in the column of verdicts, e.g. good or bad, true or false.'
  },
  BROKEN_CHARACTERS: {
    message: 'Some characters cannot be read in {encoding}.',
    hint: 'Correct them in the file, or choose another encoding.'
  },
  PILED_MARKS: {
    message: 'More than {most} accents or other marks are piled on one letter.',
    hint: 'Delete the piled marks, then add the file again.'
  },
  CELL_ERROR: {
    message: 'A cell contains the formula error {cell}.',
    hint: 'Correct the formula in the spreadsheet, or remove the row.'
  },
  SECTION_ROW: {
    message: 'This is a heading inside the table, not a question and answer.',
    hint: 'It can stay as it is.'
  },
  AUTOMATIC_REPLY: {
    message: 'A program wrote this mail by itself (out of office, received).',
    hint: 'It can stay as it is.'
  },
  REPEATED_HEADER: { message: 'This row repeats the header.', hint: 'It can stay as it is.' },
  HIDDEN_SHEET: {
    message: 'The sheet is hidden, so it was not read.',
    hint: 'To use it, unhide it in Excel, save the file, then add it again.'
  },
  BINARY_COLUMN: {
    message: 'This column holds pictures or other data that is no text, so it was not read.',
    hint: 'Nothing needs to be done if the texts alone are to be learnt.'
  },
  UNUSABLE_SHEET: {
    message: 'This sheet has no columns of questions and answers (its columns: {columns}).',
    hint: 'Name the columns “question” and “answer”, or say which column is which.'
  },
  OUTSIDE_PAIRS: {
    message: 'This text is outside the questions and answers.',
    hint: 'To learn from it, write it as a question and answer, or read the file as text.'
  },
  UNSUPPORTED_FILE: {
    message: 'Files of this kind cannot be read.',
    hint: 'Save it as xlsx, CSV, JSON or text.'
  },
  LINK_IN_FOLDER: {
    message: 'This is a link to another place. Links inside a folder are not followed.',
    hint: 'To learn from what it leads to, choose that file or folder itself.'
  },
  PIPE_IN_FOLDER: {
    message: 'This is a connection between programs (a pipe or a device), not a file.',
    hint: 'There is nothing to learn in it. The other files in the folder are read.'
  },
  ABOUT_FILE: {
    message: 'This file describes the data or its licence.',
    hint: 'To learn from it anyway, choose the file itself.'
  },
  // the process for strangers' bytes: what it is lost over is named
  FILE_SILENT: {
    message: 'Reading “{file}” came to a standstill, so this file was left out.',
    hint: 'Open it in Excel or the like and save it again, or split it, and then try once more.'
  },
  FILE_MEMORY: {
    message: 'Reading “{file}” takes more memory than there is, so this file was left out.',
    hint: 'Split the file, or close other apps, and then try once more.'
  },
  FILE_CRASH: {
    message: 'Reading “{file}” broke down, so this file was left out ({reason}).',
    hint: 'Open it in Excel or the like, save it again, and then try once more.'
  },
  MODEL_TEXT_SILENT: {
    message: 'The tokenizer.json or the chat template of the model never comes to an end ({dir}).',
    hint: 'Download the model again or choose another one. Everything else goes on. Added once more (or named on the command line), it is tried again.'
  },
  MODEL_TEXT_MEMORY: {
    message: 'The tokenizer.json or the chat template of the model takes more memory than there is ({dir}).',
    hint: 'Close other apps, or choose another model. Added once more (or named on the command line), it is tried again.'
  },
  MODEL_TEXT_CRASH: {
    message: 'The tokenizer.json or the chat template of the model broke down ({dir}: {reason}).',
    hint: 'Download the model again or choose another one. Everything else goes on. Added once more (or named on the command line), it is tried again.'
  },
  KEPT_BROKEN: {
    message: 'The working copy of the data is damaged.',
    hint: 'Open the data page again. The copy is made anew from the files you added.'
  },
  KEEPER_LOST: {
    message: 'The process that holds the data ended several times ({reason}).',
    hint: 'This happens when memory runs out. Close other apps and try again.'
  },
  WORKSHOP_KILLED: {
    message: 'The process that reads files and models was ended from outside several times.',
    hint: 'This happens when memory runs out. Close other apps and try again.'
  },
  WORKSHOP_NOT_STARTED: {
    message: 'The process that reads files and models cannot be started ({reason}).',
    hint: 'Start Neiro again. If it goes on, see whether security software holds it back.'
  },
  // tokenizer, chat template, what can be learnt of a row
  NO_TOKENIZER: {
    message: 'The model folder {dir} has no tokenizer.json.',
    hint: 'Choose a model folder that contains tokenizer.json; you can get it from the download page of the model.'
  },
  EXPORT_ASKS_OTHERWISE: {
    message:
      'What was written to {target} would ask the model in other words than it was taught with, so it was not kept.',
    hint: 'Please report it, with the name of the model; its chat template is one that is not known here.'
  },
  EXPORT_TENSOR_MISSING: {
    message:
      'What was written to {target} lacks “{tensor}”, which other programs look for, so it was not kept.',
    hint: 'Please report it, with the name of the model.'
  },
  EXPORT_ENDS_OTHERWISE: {
    message:
      'Answers of what was written to {target} would not end where they were taught to, so it was not kept.',
    hint: 'Please report it, with the name of the model; its end tokens are not known here.'
  },
  TOKENIZER_NOT_CONVERTED: {
    message: 'The model folder {dir} has its tokenizer only as {name}, which is not read here.',
    hint: 'Choose a version of the model with tokenizer.json, or make it: in Python, transformers.AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER) writes it.'
  },
  TOKENS_DISAGREE: {
    message:
      'In {dir}, the token {token} has the number {said} in one file and would get {id} by tokenizer.json.',
    hint: 'Which one the model was taught cannot be told. Download the tokenizer files again, all from one place.'
  },
  TOKEN_WITHOUT_ROW: {
    message:
      'The tokenizer makes the token {token} (number {id}), but the model only has {rows}: it knows nothing of it.',
    hint: 'Take the tokenizer files that belong to this model.'
  },
  UNREAD_TENSORS: {
    message:
      'The model files hold {count} tensors that this kind of model does not use ({tensors}). What they would add is left out.',
    hint: 'If the model answers badly, choose a version of it that holds no such parts.'
  },
  MARKS_NOT_TOKENS: {
    message:
      'The chat template writes marks that the tokenizer does not know as tokens ({marks}): the model reads them as plain text.',
    hint: 'Take the tokenizer files that belong to the template, or choose another version of the model.'
  },
  END_NEVER_LEARNT: {
    message:
      'Neither the template nor the files of this model name a token that ends an answer: it would never learn to stop.',
    hint: 'Choose a model whose files name an end token (eos_token).'
  },
  BROKEN_TOKENIZER: {
    message: '{name} cannot be read ({reason}).',
    hint: 'Download the model again, or replace {name} with the one from its download page.'
  },
  TOKENIZER_TOO_LARGE: {
    message: '{name} holds many times as many tokens as any usual model (at most {most} are read).',
    hint: 'Download the model again, or replace {name} with the one from its download page.'
  },
  SENTENCEPIECE_KIND: {
    message: '{name} is a SentencePiece model of a kind that Neiro cannot take over exactly ({kind}).',
    hint: 'The file is not damaged. Choose an edition of the model whose folder has a tokenizer.json, or another model.'
  },
  BROKEN_TEMPLATE: {
    message: 'The chat template of the model cannot be read ({cause}).',
    hint: 'Replace chat_template.jinja or tokenizer_config.json with the one from the download page of the model.'
  },
  TEXT_TOO_HARD: {
    message: 'Splitting this row into tokens came to no end.',
    hint: 'Take out long runs of the same character, or choose another model.'
  },
  TEXT_UNBROKEN: {
    message: 'The text goes on for over {characters} characters with no place where it could be divided.',
    hint: 'Take out runs of spaces or signs, or split the text.'
  },
  TEMPLATE_ENDLESS: {
    message: 'The chat template of the model comes to no end, so it was stopped.',
    hint: 'Replace chat_template.jinja or tokenizer_config.json with the one from the download page, or choose another model.'
  },
  TEMPLATE_REFUSED: {
    message: 'The chat template of the model refuses this conversation ({cause}).',
    hint: 'Change the conversation (for example remove the opening instruction, or alternate question and answer), or choose another model.'
  },
  TEMPLATE_MASK: {
    message:
      'The chat template changes or hides this answer, so the part to learn cannot be located ({answer}).',
    hint: 'Remove what the template drops from the answers (often a thinking part), or choose another model.'
  },
  ANSWER_CUT_OFF: {
    message:
      'The question alone fills the limit of {maxSeqLength} tokens; nothing of the answer is left to learn.',
    hint: 'Raise “Longest example”, or shorten the question.'
  },
  UNKNOWN_TEXT: {
    message: 'This model knows none of the characters of this text.',
    hint: 'Choose a model that knows them, or remove the row.'
  },
  LOST_CHARACTERS: {
    message: 'This model cannot read these characters ({characters}).',
    hint: 'Choose a model that reads them, or replace them in the row.'
  },
  NOTHING_TO_LEARN: {
    message: 'None of the {rows} rows can be learnt from (most common reason: {reason}).',
    hint: 'Look at the rows left out and their reasons, then change the data, “Longest example” or the model.'
  },
  // runs
  // the folder
  RUN_NOT_FOUND: {
    message: 'There is no run in {run}.',
    hint: 'List the runs (neiro runs) and check the name.'
  },
  RUN_EXISTS: {
    message: '{run} is in use already.',
    hint: 'Choose another location, or continue that run (--resume).'
  },
  RUN_BUSY: {
    message: 'This run is already being trained by another process.',
    hint: 'Wait until it ends, or pause it there first.'
  },
  EVALUATION_BUSY: {
    message: 'This run is already being evaluated by another process.',
    hint: 'Wait until it ends, or cancel it there; its answers are kept and shown here.'
  },
  RUN_FINISHED: {
    message: 'This run is finished; there is nothing left to train.',
    hint: 'Use its adapter, or prepare a new run.'
  },
  RUN_NEEDED: {
    message: 'Another training began with what this one has learnt ({runs}), so it cannot go to the bin.',
    hint: 'Put that one into the bin first, or keep both.'
  },
  RUN_NEWER: {
    message: 'The run {run} was made by a newer Neiro.',
    hint: 'Update Neiro, then go on with it. Nothing of it was changed.'
  },
  DATA_NEWER: {
    message: 'The data folder {folder} was used by a newer Neiro ({neiro}).',
    hint: 'Start that one, or a newer one. This one changes nothing there. To start afresh with it, name another folder by NEIRO_HOME.'
  },
  RUN_BROKEN: {
    message: 'The file {name} of this run is missing or damaged. Your data files are unchanged.',
    hint: 'Prepare the run again from its recipe.'
  },
  BASE_CHANGED: {
    message:
      'The model at {dir} is not, or is no longer, the one that this was trained on. What was learnt would answer otherwise there.',
    hint: 'Put the model back as it was, or name its place: --model DIR. If it was changed on purpose, train again.'
  },
  TEMPLATES_DISAGREE: {
    message:
      'This model brings two chat templates that differ: chat_template.jinja and one in tokenizer_config.json. The first is used, as Transformers does; programs that read only the other would ask the model in another form.',
    hint: 'Nothing needs to be done. Exports hold the template that was trained with in both places.'
  },
  TEMPLATE_NOT_DEFAULT: {
    message:
      'This model brings several chat templates, and none is called “default”. “{name}” is used; other programs ask which one is meant.',
    hint: 'If another one is meant, put it into the model’s folder as chat_template.jinja.'
  },
  SPACES_READ_OTHERWISE: {
    message:
      'This model’s two tokenizer files disagree on spaces behind special marks. tokenizer.json (or the tokenizer.model in its place) is followed, as it was when such models were made; Transformers 5 follows tokenizer_config.json and would give other tokens.',
    hint: 'Nothing needs to be done. In what is exported, tokenizer_config.json says the same as tokenizer.json.'
  },
  SYSTEM_NOT_SEEN: {
    message:
      'This model’s chat template leaves system messages out: instructions in the examples, or a system prompt, are neither seen nor learnt.',
    hint: 'Write what matters into the questions, or choose a model that takes system messages.'
  },
  EARLIER_NOT_SEEN: {
    message:
      'This model’s chat template leaves earlier turns out: of a longer conversation, the model sees only the last question.',
    hint: 'Nothing needs to be done where each example is one question. Otherwise choose a model that takes whole conversations.'
  },
  TEMPLATE_IN_OLD_FILE: {
    message:
      'This model keeps a chat template in chat_template.json, which is not read for text. A plain form is used instead: the question, a line break, the answer.',
    hint: 'If that template is meant, put its text into the model’s folder as chat_template.jinja.'
  },
  ADAPTER_BESIDE_MODEL: {
    message:
      'An adapter lies in this model’s folder (adapter_config.json). It is not used here; Transformers would load it with the model and answer otherwise.',
    hint: 'If it belongs to the model, put it into a folder of its own and go on from it (--start), or merge it first. If not, take its files away.'
  },
  ANSWER_RULES: {
    message:
      'This model’s generation_config.json asks for more than answers here follow ({rules}). Programs that follow it give other answers, or shorter ones, than were evaluated here.',
    hint: 'Nothing needs to be done to train. After exporting, take these lines out of generation_config.json where answers should be as they were here.'
  },
  START_NEEDS_ADAPTER: {
    message: 'Going on from a tuned adapter, only an adapter can be trained, not the whole model.',
    hint: 'Choose a method that trains an adapter, or begin from a model that was trained whole.'
  },
  OTHER_MODEL: {
    message: 'The model at {dir} is not the one that this run began with ({model}).',
    hint: 'Name the folder of that model; a training can go on only with the same weights.'
  },
  MODEL_MOVED: {
    message: 'The model of this run is no longer at {modelDir}. What was learnt so far is kept.',
    hint: 'Move it back, or name its new place: neiro tune --resume RUN --model DIR. In the window, add its folder on the Model page, then resume.'
  },
  DISK_FULL: {
    message: 'There is no space left on the disk of {place}. What was saved before is safe.',
    hint: 'Free some space and try again.'
  },
  DATA_NO_ROOM: {
    message:
      'There is not enough room at {place}: this file needs {needed} GB, {free} GB are free. Nothing was saved.',
    hint: 'Make room, or add a file with only the rows that are needed.'
  },
  PATH_TOO_LONG: {
    message: 'The name of {place} is too long for this drive.',
    hint: 'Use shorter names for the folders and the file.'
  },
  WRONG_KIND_OF_PLACE: {
    message: '{place} cannot be used: where a folder is needed there is a file, or the other way round.',
    hint: 'Choose another place, or move away what is there.'
  },
  LINK_LOOP: {
    message: '{place} is a link that leads back to itself.',
    hint: 'Choose the folder or file itself.'
  },
  TOO_MANY_OPEN: {
    message: 'This PC has too many files open at the moment.',
    hint: 'Close other apps, then try again.'
  },
  PLACE_IN_USE: {
    message: '{place} is in use by another app.',
    hint: 'Close it there, then try again.'
  },
  DRIVE_FAILED: {
    message: 'The drive of {place} does not answer. What was saved before is safe.',
    hint: 'Check that the drive or network folder is connected, then try again.'
  },
  NO_ACCESS: {
    message: '{place} cannot be opened: this user is not allowed to.',
    hint: 'Choose another place, or change its permissions.'
  },
  PLACE_GONE: {
    message: '{place} is no longer there.',
    hint: 'It was moved or deleted. Choose it again where it is now.'
  },
  READ_ONLY: {
    message: '{place} cannot be written to.',
    hint: 'Choose another folder, or allow writing there.'
  },
  // the training
  NOT_FINITE: {
    message:
      'The loss was not a number several times in a row, so training stopped at step {step}. The last good state is kept.',
    hint: 'Start again with a lower learning rate (now {learningRate}), for example a tenth of it.'
  },
  // the process
  TRAINER_NOT_STARTED: {
    message: 'The training process could not be started ({how}). {log}',
    hint: 'Reinstall the app, or, from source, build it again with npm run build.'
  },
  TRAINER_DIED: {
    message:
      'The training process ended unexpectedly ({how}). Everything up to the last checkpoint is kept. {log}',
    hint: 'Resume the run: it goes on from its last checkpoint.'
  },
  TRAINER_BUSY: { message: 'A training is running.', hint: 'Wait until it ends, or pause it.' },
  NO_MODEL_OPEN: { message: 'No model is open.', hint: 'Open a model first.' },
  ADDON_MISSING: {
    message: 'The engine was not found ({file}).',
    hint: 'Reinstall the app, or, from source, build it with npm run build.'
  },
  ADDON_BROKEN: {
    message: 'The engine could not be loaded ({reason}).',
    hint: 'Reinstall the app, or, from source, build it again with npm run build.'
  },
  SYSTEM_TOO_OLD: {
    message:
      'This Linux is older than Neiro needs: its C library (glibc) is {here}, and {needed} or newer is needed.',
    hint: 'Update the system, for example to Ubuntu 22.04, Debian 12 or newer. Your data stay as they are.'
  },
  RUN_TIME_MISSING: {
    message: 'A part of Windows that Neiro needs is missing: {files} (Microsoft Visual C++ Redistributable).',
    hint: 'Install the “Microsoft Visual C++ Redistributable (x64)” from Microsoft’s page, or ask your administrator for it. Then start Neiro again.'
  },
  INTERNAL: {
    message: 'An unexpected error occurred ({reason}). Everything you saved is safe.',
    hint: 'Try again; if it happens again, please send the log.'
  },
  // recipes, models, the command line
  // the served window
  PORT_IN_USE: {
    message: 'Port {port} is in use by another program.',
    hint: 'Leave out --port to use a free one.'
  },
  PORT_NOT_ALLOWED: {
    message: 'Port {port} cannot be used on this PC.',
    hint: 'Leave out --port, or give one from 1024 to 65535.'
  },
  // recipes
  RECIPE_NOT_FOUND: {
    message: 'There is no file {file}.',
    hint: 'Check the path of the recipe; a complete example is in neiro tune --help.'
  },
  RECIPE_NOT_READ: {
    message: 'The recipe {file} could not be read ({reason}).',
    hint: 'Check the path and that you have permission to read the file.'
  },
  BROKEN_RECIPE: {
    message: 'The recipe {file} cannot be read as YAML at line {line} ({reason}).',
    hint: 'Correct this line; a complete example is in neiro tune --help.'
  },
  RECIPE_INCOMPLETE: {
    message: 'The recipe {file} has no {name}.',
    hint: 'Add a line such as "{name}: {example}".'
  },
  RECIPE_WRONG_TYPE: {
    message: 'Expected {expected} for {name} in {file}, got {got}.',
    hint: 'Write {name} as {expected}.'
  },
  UNKNOWN_RECIPE_KEY: {
    message: '{file}, line {line}: there is no key "{name}".',
    hint: 'Did you mean {nearest}?'
  },
  UNKNOWN_SETTING: {
    message: '{file}, line {line}: there is no setting "{name}".',
    hint: 'Did you mean {nearest}?'
  },
  SETTING_MISPLACED: {
    message: '{file}, line {line}: {name} is a setting, and settings belong under "settings:".',
    hint: 'Move {name} to a line below "settings:", indented.'
  },
  NO_ADAPTER_TO_WRITE: {
    message: 'This training changed the whole model, so there is no adapter to export.',
    hint: 'Export it as a whole model (merged).'
  },
  KIND_NOT_FOR_METHOD: {
    message: 'The chosen method does not learn from this kind of example.',
    hint: 'Choose another method, or data of another kind.'
  },
  SETTING_NOT_FOR_METHOD: {
    message: '{name} is not used when the method is {method}.',
    hint: 'Remove {name}, or choose another method.'
  },
  SETTING_NOT_FOR_CHOICE: {
    message: '{name} is not used when {setting} is {choice}.',
    hint: 'Remove {name}, or change {setting}.'
  },
  DROPOUT_OF_EXPERTS: {
    message: 'Experts cannot learn with LoRA dropout (now {dropout}).',
    hint: 'Set LoRA dropout to 0 (on the command line --lora-dropout 0).'
  },
  SETTINGS_TOGETHER: {
    message: '{name} and {other} cannot be used together.',
    hint: 'Remove one of them.'
  },
  SETTING_OUT_OF_RANGE: {
    message: 'Expected {expected} for {name}, got {got}.',
    hint: 'Use such a value, or leave it out for the default, {default}.'
  },
  UNKNOWN_FLAG: {
    message: 'There is no flag {name}.',
    hint: 'Did you mean {nearest}? See --help for all of them.'
  },
  // model folders
  NO_MODEL_FOLDER: {
    message: '{dir} is not a model folder.',
    hint: 'Give the folder that contains config.json and the safetensors files, or starter for the built-in model.'
  },
  NO_CONFIG: {
    message: '{dir} contains no config.json, so it cannot be opened as a model.',
    hint: 'Give the folder that contains config.json and the safetensors files.'
  },
  BROKEN_MODEL_FILE: { message: '{file} is damaged or cut off.', hint: 'Download this file again.' },
  LFS_POINTER: {
    message: '{file} is only a Git LFS pointer; the file itself was not downloaded.',
    hint: 'Run "git lfs pull" in that folder, or download the file from its page.'
  },
  NO_WEIGHTS: {
    message: '{dir} contains no weights (model.safetensors).',
    hint: 'Download the weights into the same folder as config.json.'
  },
  SHARD_MISSING: {
    message: 'The model is missing {name}, which its index ({file}) lists.',
    hint: 'Download the missing file into the same folder.'
  },
  PICKLE_REFUSED: {
    message:
      '{dir} has its weights only as a PyTorch pickle, which can run programs when opened, so it is not opened.',
    hint: 'Use the safetensors version of the same model.'
  },
  GGUF_BY_ITSELF: {
    message: 'This folder holds a model as a GGUF file ({file}).',
    hint: 'Choose the file itself instead of its folder.'
  },
  UNKNOWN_ARCHITECTURE: {
    message: 'Models of the kind “{architecture}” are not supported.',
    hint: 'Choose a model of one of these kinds: {known}.'
  },
  // chat and evaluation
  PROMPT_TOO_LONG: {
    message: 'The question is {tokens} tokens long; the model reads at most {limit}, including its answer.',
    hint: 'Shorten the question, or start a new conversation.'
  },
  BROKEN_TONE: {
    message: 'The tone file {file} cannot be used ({reason}).',
    hint: 'Check that it contains a list of regular expressions for each language.'
  },
  // the server for other programs
  SERVING_FULL: {
    message: '{most} requests are waiting already; no more can be taken.',
    hint: 'Wait a little and send it again.'
  },
  MODEL_NOT_SERVED: {
    message: 'There is no model named "{name}".',
    hint: 'Write one of these as model: {known}'
  },
  API_NOTHING_TO_SERVE: {
    message: 'There is no model yet that could answer other programs.',
    hint: 'Finish a training, or name a model folder.'
  },
  API_NO_ENCODER: {
    message: '"{model}" writes text; it gives no embeddings.',
    hint: 'For embeddings, name a model that does not write (BERT, ModernBERT and the like) with neiro api --model.'
  },
  API_ONLY_EMBEDS: {
    message: '"{model}" is a model for embeddings; it writes no text.',
    hint: 'Send it to /v1/embeddings.'
  },
  CHAT_SORTS: {
    message: 'This model sorts texts: it has no words to answer with.',
    hint: 'Try it in Compare.',
    command:
      'Try it with neiro classify, e.g. neiro classify --run latest "a text"; neiro eval counts how well it sorts.'
  },
  CHAT_RATES: {
    message: 'This model gives replies points: it has no words to answer with.',
    hint: 'Try it in Compare.',
    command: 'neiro eval counts how well its points agree with what is preferred.'
  },
  API_MODEL_SORTS: {
    message: '"{name}" sorts texts; it cannot answer other programs.',
    hint: 'Choose a model that was trained to write.'
  },
  API_TOKEN_UNKNOWN: {
    message: 'This model has no token {token} (0 to {limit}).',
    hint: 'Tokens of other models mean something else here. Send the text itself.'
  },
  EMBEDDING_TOO_LONG: {
    message: 'A text has {tokens} tokens; this model reads at most {limit} at once.',
    hint: 'Send the text in shorter parts.'
  },
  EMBEDDING_FORM: {
    message: 'The embeddings of "{model}" cannot be calculated rightly in this version ({what}).',
    hint: 'Choose a model for embeddings that takes the mean or the first token (cls).'
  },
  API_FIELD_WRONG: {
    message: 'The value of "{field}" in the request is not right.',
    hint: 'What it takes: {range}'
  },
  API_FIELD_MISSING: {
    message: 'The request has no "{field}".',
    hint: 'Add "{field}" and send it again.'
  },
  API_NOT_SUPPORTED: {
    message: 'This server does not support "{field}".',
    hint: 'Leave it out.'
  },
  API_BODY_NOT_JSON: {
    message: 'The body of the request is no JSON object.',
    hint: 'Send JSON in UTF-8.'
  },
  API_BODY_TOO_LARGE: {
    message: 'The body of the request is too large (at most {most} MB).',
    hint: 'Send a shorter conversation.'
  },
  API_BODY_TOO_SLOW: {
    message: 'The body of the request did not come in time.',
    hint: 'Send it again.'
  },
  API_TOO_LONG: {
    message: 'The answer took too long and was broken off.',
    hint: 'Ask for fewer tokens (max_tokens), or send fewer requests at once.'
  },
  API_NO_SUCH_PATH: {
    message: 'There is nothing at {path}.',
    hint: 'There are /v1/models, /v1/chat/completions, /v1/completions, /v1/embeddings and /health.'
  },
  API_WRONG_METHOD: {
    message: '{method} does not work on {path}.',
    hint: 'Use GET for what is read, POST for what is asked.'
  },
  API_HOST_REFUSED: {
    message: 'Requests to "{host}" are not taken.',
    hint: 'Use the address just as Neiro shows it.'
  },
  API_ORIGIN_REFUSED: {
    message: 'Requests from pages of "{origin}" are not taken.',
    hint: 'To allow that page, start with neiro api --allow-origin.'
  },
  API_KEY_MISSING: {
    message: 'There is no key.',
    hint: 'Send the key that Neiro shows as "Authorization: Bearer KEY".'
  },
  API_KEY_WRONG: {
    message: 'The key is not the right one.',
    hint: 'Use the key that Neiro shows now.'
  },
  API_HOST_NEEDS_KEY: {
    message: 'A server that other PCs can reach (--host {host}) needs a key.',
    hint: 'Leave out --no-key.'
  },
  API_HOST_NOT_HERE: {
    message: 'That address is none of this PC.',
    hint: 'As --host, write an address of this PC, or 0.0.0.0.'
  },
  BAD_KEY_FILE: {
    message: 'What stands in {file} cannot be used as a key.',
    hint: 'Write 16 to 200 letters, digits and signs on one line, or delete the file and a new key is made.'
  },
  // plans and exports
  RUN_DOES_NOT_FIT: {
    message:
      'This training needs {needed} GB of memory even at its smallest, and this PC has {memory} GB. It was not started.',
    hint: 'Pack the base model into 4 bits (base_quantization: nf4), cut examples shorter (max_seq_length), or choose a smaller model.'
  },
  RUN_DOES_NOT_FIT_GPU: {
    message:
      'This training needs {needed} GB of the memory of a GPU even at its smallest, and this GPU has {memory} GB. It was not started.',
    hint: 'Choose automatic or the CPU as the place where it is calculated, pack the base model into 4 bits, cut examples shorter, or choose a smaller model.',
    command:
      'Choose --device auto or cpu, pack the base model into 4 bits (--base-quantization nf4), cut examples shorter (--max-seq-length), or choose a smaller model.'
  },
  TARGET_EXISTS: {
    message: '{target} already exists; it was not overwritten.',
    hint: 'Choose another location, or add --force to replace it.'
  },
  EXPORT_DIFFERS: {
    message:
      'The model exported to {target} does not compute the same as the model in memory (difference {difference}, allowed {tolerance}). It was not kept.',
    hint: 'Try again, or export in F32. If it happens again, please send the log.'
  },
  GGUF_FAMILY: {
    message:
      'There is no way yet to write the model family "{family}" as a GGUF file. These can be written: {known}.',
    hint: 'Export the whole model (a Hugging Face folder) instead.'
  },
  GGUF_OTHERWISE: {
    message:
      'Programs that open GGUF files would compute this model differently (its setting {field}: {value}) and give other answers, so it was not exported.',
    hint: 'Export the whole model (a Hugging Face folder) instead.'
  },
  GGUF_TEXT: {
    message:
      'The way this model cuts text (tokenizer: {what}) cannot be written into a GGUF file. It would give other answers, so it was not exported.',
    hint: 'Export the whole model (a Hugging Face folder) instead.'
  },
  GGUF_ADAPTER: {
    message:
      'What this run learnt ({kind}) cannot be written as a GGUF adapter. Only plain LoRA and rsLoRA can.',
    hint: 'Export a GGUF file with the adapter merged in instead. It is the same model.'
  },
  GGUF_DIFFERS: {
    message:
      'The values in the exported GGUF file are not those of the model in memory ({tensor}, difference {difference}, allowed {tolerance}). It was not kept.',
    hint: 'Try again, or export in F16. If it happens again, please send the log.'
  },
  EXPORT_NO_ROOM: {
    message:
      'There is not enough room at {place}: the export needs {needed} GB, {free} GB are free. Nothing was written.',
    hint: 'Make room, choose another disk, or export in a smaller format (Q4_K_M).'
  },
  OLLAMA_NOT_RUNNING: {
    message: 'Ollama does not answer on this PC.',
    hint: 'Start Ollama, then create the model again. The exported file is still there.'
  },
  OLLAMA_REFUSED: {
    message: 'Ollama refused to create the model ({reason}).',
    hint: 'Update Ollama and try again. The exported file is still there.'
  },
  OLLAMA_CUT: {
    message: 'The connection to Ollama broke off. The model was not created.',
    hint: 'See whether Ollama is running, then try again. A file that was sent whole is not sent again.'
  },
  OLLAMA_SILENT: {
    message: 'Ollama stopped answering. The model was not created.',
    hint: 'Restart Ollama, then try again.'
  },
  OLLAMA_NAME: {
    message: '"{name}" cannot be the name of a model in Ollama.',
    hint: 'Use only lower-case letters, digits and - _ . and begin with a letter or digit (for example neiro-support).'
  },
  EXPORT_NOT_FOUND: {
    message: 'The exported file is not there any more; it was moved or deleted.',
    hint: 'Export it again.'
  },
  LM_STUDIO_NOT_FOUND: {
    message: 'There is no LM Studio folder on this PC.',
    hint: 'Start LM Studio once, then try again.'
  },
  // what to work on
  MODEL_NOT_SAID: {
    message: 'No model was named.',
    hint: 'Add --model DIR, --model starter, or --run NAME.'
  },
  TEXT_NOT_SAID: {
    message: 'No text was named.',
    hint: 'Write a text behind the command, or add --data FILE.'
  },
  DATA_NOT_SAID: {
    message: 'No data was named.',
    hint: 'Add --data FILE, or --data sample for the built-in data.'
  },
  ADAPTER_NOT_SAID: {
    message: 'No adapter was named.',
    hint: 'Add --run NAME, or --model DIR and --adapter DIR.'
  },
  NO_ADAPTER_FOLDER: {
    message: '{dir} contains no adapter (adapter_config.json and adapter_model.safetensors).',
    hint: 'Give the adapter folder of a finished run, or another PEFT folder.'
  },
  NO_SUCH_RUN: {
    message: 'There is no run "{name}".',
    hint: 'Did you mean {nearest}? See neiro runs for all of them.'
  },
  SEVERAL_SUCH_RUNS: {
    message: 'Several runs are called "{name}": {runs}.',
    hint: 'Write the word before the brackets of the one that you mean, or its folder. See neiro runs for all of them.'
  },
  NO_RUNS: { message: 'There are no runs yet.', hint: 'Start with neiro demo or neiro tune.' },
  HELD_OUT_NOT_KEPT: {
    message: 'The folder of this run does not contain its held-out questions as text.',
    hint: 'An earlier version made it. Give data to evaluate on with --data FILE, or train again.'
  },
  NOTHING_TO_EVALUATE: {
    message: 'There is nothing to evaluate on.',
    hint: 'Add --data FILE with questions and answers.'
  },
  // the command line itself
  UNKNOWN_COMMAND: {
    message: 'There is no command "{name}".',
    hint: 'Did you mean {nearest}? See neiro --help for all of them.'
  },
  FLAG_WITHOUT_VALUE: { message: '{name} takes no value.', hint: 'Write just {name}.' },
  FLAG_VALUE_MISSING: { message: '{name} needs a value.', hint: 'Write it after {name}.' },
  WRONG_FLAG_VALUE: { message: 'Expected {expected} for {name}, got "{got}".', hint: 'Correct the value.' },
  ARGUMENT_MISSING: { message: '{command} needs more arguments.', hint: 'Usage: {usage}' },
  ARGUMENT_TOO_MANY: { message: '{command} does not take "{extra}".', hint: 'Usage: {usage}' },
  WEIGHT_OF_NO_FILE: {
    message: 'There is no example from the file "{name}", which a weight is for.',
    hint: 'Files that examples come from: {files}.'
  },
  UNKNOWN_EXPORT: {
    message: 'There is no export "{name}".',
    hint: 'Did you mean {nearest}? There are ollama, lm-studio, gguf, merged, peft and gguf-adapter.'
  },
  FLAGS_CLASH: { message: '{a} and {b} cannot be used together.', hint: 'Write only one of them.' },
  CANCELLED: {
    message: 'Cancelled; nothing unfinished was kept.',
    hint: 'Run the same command to start again.'
  },
  // what the window asks for
  // the gate
  BAD_ARGUMENTS: {
    message: 'A request from the window could not be understood ({call}: {place}). Nothing was changed.',
    hint: 'Restart Neiro; if it happens again, please send the log.'
  },
  UNKNOWN_CALL: {
    message: 'The window asked for something this version of Neiro does not have.',
    hint: 'Restart Neiro.'
  },
  UNKNOWN_SENDER: {
    message: 'A page that is not part of Neiro made a request; it was refused.',
    hint: 'Restart Neiro.'
  },
  UNEXPECTED: {
    message: 'An unexpected error occurred. Everything you saved is safe.',
    hint: 'Try again; if it happens again, save the log in Settings and send it.'
  },
  REPLY_TOO_LARGE: {
    message: 'This is too much to be shown at once.',
    hint: 'Look at fewer rows at a time, or save the list as a file.'
  },
  CONNECTION_TOO_SLOW: {
    message:
      'The window did not keep up with what it was sent, so the connection was made anew. Training and what was saved are safe.',
    hint: 'If something is missing, do it again. On a slow line, close other windows of Neiro.'
  },
  CONNECTION_LOST: {
    message: 'The connection to Neiro was lost. Your training and saved work are safe.',
    hint: 'If Neiro is running, it reconnects in a moment; if it has closed, start it again.'
  },
  CONNECTION_BACK: {
    message: 'The connection is back. Anything you did in the meantime may not have arrived.',
    hint: 'This page is up to date. If something is missing, do it again.'
  },
  // files
  FILE_UNKNOWN: { message: 'That file was not chosen in this window.', hint: 'Choose the file again.' },
  FILE_GONE: {
    message: '{file} was not found; it seems to have been moved or deleted.',
    hint: 'Choose the file again.'
  },
  FOLDER_UNREADABLE: { message: 'The folder {folder} cannot be read.', hint: 'Choose another folder.' },
  FOLDER_OUT_OF_REACH: {
    message: 'The window may not open {folder}.',
    hint: 'Choose a folder inside your home folder, or start Neiro with: neiro serve --folder {folder}'
  },
  FOLDER_ASKED_FOR: {
    message: 'The window may open {folder} only when you allow it.',
    hint: 'The terminal in which Neiro runs asks you: answer there, then open the folder again.'
  },
  BAD_FOLDER_NAME: {
    message: 'A folder with that name cannot be created. Nothing was created.',
    hint: 'Choose a name without characters such as / : * ?.'
  },
  FOLDER_EXISTS: { message: '{folder} already exists.', hint: 'Choose another name, or use that folder.' },
  UPLOADS_FULL: {
    message: '{file} was not read: together, the files handed over lately would take more than {most} GB.',
    hint: 'Choose the file where it lies instead of dropping it, or try again tomorrow: what was dropped is cleared away after a day.'
  },
  UPLOAD_TOO_LARGE: {
    message: '{file} is larger than 2 GB and was not read.',
    hint: 'Split the file and add the parts.'
  },
  BAD_FILE_NAME: {
    message: 'The name of this file cannot be used, so it was not read.',
    hint: 'Rename the file and add it again.'
  },
  DROP_NOT_READABLE: {
    message: '{file} could not be read: it was moved or changed, or you may not have permission to open it.',
    hint: 'Check that another app can open it, then add it again. You can also add a folder with “choose a folder”.'
  },
  NOTHING_IN_FOLDER: {
    message: 'The folder {folder} contains no files that can be read as examples.',
    hint: 'Choose a folder with Excel, CSV, Word or text files in it.'
  },
  // projects
  NOT_A_PROJECT: {
    message: 'The folder {folder} is not a Neiro project.',
    hint: 'Choose the folder that contains project.json.'
  },
  PROJECT_FILE_ALONE: {
    message: 'The project that {file} stands for is not on this PC, or its folder was moved.',
    hint: 'Use “Open a project” on Home and choose its folder, or open the .neiro file inside that folder.'
  },
  MODEL_HANDED: {
    message: '{file} is a model, not examples.',
    hint: 'Add it in “Models”, or in the model room of a project.'
  },
  PROJECT_BROKEN: {
    message: 'The file project.json in {folder} cannot be read. Its examples and runs are unchanged.',
    hint: 'Restore project.json from a backup, or create a new project and add the same files.'
  },
  PROJECT_NEWER: {
    message: 'The project {folder} was made by a newer Neiro.',
    hint: 'Update Neiro, then open it again.'
  },
  PROJECT_TWIN: {
    message: 'The folder {folder} is a copy of another project and cannot be opened because it is read-only.',
    hint: 'Allow writing there, or remove it from the list.'
  },
  PROJECT_AWAY: {
    message: 'The folder {folder} was not found: its drive is disconnected, or it was moved.',
    hint: 'Connect the drive, or choose where it was moved to.'
  },
  PROJECT_GONE: {
    message: 'This project is no longer where it was.',
    hint: 'If you moved its folder, open it again from Home.'
  },
  NOTHING_TO_RESTORE: {
    message: 'This has been in the bin for more than 30 days, or has already been restored.',
    hint: 'It can no longer be restored from here.'
  },
  // the hub, downloads and the store of models
  NO_SHAPE: {
    message: 'What {model} takes cannot be estimated before it is downloaded.',
    hint: 'Once it is here, it is measured on this PC.'
  },
  HUB_BAD_ADDRESS: {
    message: '“{address}” cannot be read as the name of a model.',
    hint: 'Enter owner/name, or the address of the model’s page.'
  },
  HUB_BAD_HUB: {
    message: '“{address}” cannot be used as the place that models come from.',
    hint: 'Enter an address that begins with https://.'
  },
  HUB_OFFLINE: {
    message: '{host} cannot be reached. This PC seems to have no internet connection.',
    hint: 'Check the connection and try again. Models that are on this PC need none.'
  },
  HUB_CUT: {
    message: 'The connection to {host} was cut. What has arrived is kept.',
    hint: 'Continue, and it goes on from there.'
  },
  HUB_PROXY: {
    message: 'The proxy ({proxy}) lets nothing through.',
    hint: 'Check its address and that you are on the company network. It is set under “Where models come from” on the Models page.'
  },
  HUB_PROXY_PASSWORD: {
    message: 'The proxy ({proxy}) asks for a name and a password.',
    hint: 'Enter it as http://name:password@proxy under “Where models come from” on the Models page.'
  },
  HUB_CERTIFICATE: {
    message:
      'The certificate of {host} cannot be verified. A company’s inspection of traffic may stand in between.',
    hint: 'Ask your IT department for the company certificate (a PEM file) and choose it under “Where models come from” on the Models page.'
  },
  HUB_NOT_A_HUB: {
    message:
      '{host} answered, but not as a place for models does. A sign-in page or a proxy seems to stand in between.',
    hint: 'Check that your browser reaches the internet, and that the address is right.'
  },
  HUB_ODD_ANSWER: {
    message: '{host} gave an unexpected answer ({status}). What has arrived is kept.',
    hint: 'Wait a little and try again.'
  },
  HUB_TROUBLE: {
    message: '{host} is overloaded or has a problem ({status}). What has arrived is kept.',
    hint: 'Wait a little and try again.'
  },
  HUB_BUSY: {
    message: '{host} asks to wait about {seconds} seconds, because much was asked for from this network.',
    hint: 'Wait and try again. With an access token the limit is higher.'
  },
  HUB_REDIRECTS: {
    message: '{host} led to a place that cannot be followed safely, so the download was not made.',
    hint: 'Check the address that models come from.'
  },
  HUB_NOT_FOUND: {
    message: '{model} does not exist, or can be seen only after signing in ({page}).',
    hint: 'Check its name. A model that is not public can be fetched with an access token.'
  },
  HUB_GATED: {
    message: '{model} is given only to people who asked for it on its page ({page}).',
    hint: 'Open the page and ask for access, add your access token, then try again.'
  },
  HUB_TOKEN_WRONG: {
    message: '{host} does not accept the access token. It may have expired or been copied wrongly.',
    hint: 'Add a new access token.'
  },
  HUB_DISABLED: {
    message: '{model} is no longer given out.',
    hint: 'Choose another model.'
  },
  HUB_GONE: {
    message: '{model} has no such version or file.',
    hint: 'Enter its name alone to get the current version.'
  },
  HUB_BAD_LISTING: {
    message: 'The file list of {model} has names or sizes that are not safe, so nothing is fetched.',
    hint: 'Choose another model.'
  },
  HUB_NO_WEIGHTS: {
    message: '{model} has no weights that can be trained (safetensors or GGUF).',
    hint: 'Look for the same model in another form.'
  },
  HUB_PICKLE_ONLY: {
    message:
      'The weights of {model} come only in a form that runs a program when opened (.bin or .pt). They are not fetched.',
    hint: 'Look for the same model with safetensors files.'
  },
  FETCH_CHANGED: {
    message: 'The content of {file} changed while it was being fetched.',
    hint: 'Continue, and the list is read again.'
  },
  FETCH_WRONG_BYTES: {
    message:
      'What {host} sent as {file} is not its real content. It was fetched three times, always wrong. Nothing of it is kept.',
    hint: 'Something in the network may change what passes. Try another network.'
  },
  FETCH_NO_SPACE: {
    message: 'The download needs {size} GB of space; {place} has {free} GB.',
    hint: 'Free some space, or choose another drive under “Where models are kept” on the Models page.'
  },
  FETCHER_LOST: {
    message: 'The download stopped unexpectedly. What has arrived is kept.',
    hint: 'Continue, and it goes on from there.'
  },
  HUB_BAD_PROXY: {
    message: '“{proxy}” cannot be used as the address of a proxy.',
    hint: 'Enter it as http://proxy:port.'
  },
  HUB_BAD_CERTIFICATES: {
    message: '{file} is no file of certificates (PEM).',
    hint: 'Choose a file with a part that begins with “-----BEGIN CERTIFICATE-----”.'
  },
  HUB_BAD_TOKEN: {
    message: 'The access token has characters that no token has.',
    hint: 'Paste it exactly as its page shows it.'
  },
  FETCH_UNKNOWN: {
    message: 'There is no download of {model}.',
    hint: 'Begin it again on the Models page.'
  },
  FOUND_GONE: {
    message: 'That model is no longer there.',
    hint: 'Look again for models on this PC.'
  },
  MODEL_COMING: {
    message: 'This version cannot train a model of the kind of {model} yet. Nothing was fetched.',
    hint: 'Choose one that can be trained from the list.'
  },
  LICENCE_NOT_AGREED: {
    message: 'The licence of {model} ({licence}) has conditions to agree to first. Nothing was fetched.',
    hint: 'Read the conditions and agree, then fetch it.',
    command: 'Read the conditions, then fetch it with --agree.'
  },
  MODEL_TO_FETCH: {
    message:
      'The model “{model}” is not on this PC: there is no folder of this name, and none was fetched under it.',
    hint: 'Check the place, or fetch it: neiro models get {model}'
  },
  MODEL_NOT_FETCHED: {
    message: 'That model was not fetched by Neiro, so its files are left alone.',
    hint: 'It can be taken off the list.'
  },
  STORAGE_AWAY: {
    message: 'The storage folder {place} cannot be found.',
    hint: 'Connect its drive and try again. If it is lost, you can return to the standard place under “Storage folder” in the settings.'
  },
  STORAGE_BROKEN: {
    message: 'The file {file}, which says where your projects are kept, cannot be read.',
    hint: 'Your projects are still where they were. Restore the file from a backup, or delete it to use the standard place.'
  },
  STORAGE_MOVING: {
    message: 'The storage folder is being moved.',
    hint: 'Try again when it has moved. If it is urgent, you can stop the move in the settings.'
  },
  STORAGE_IN_USE: {
    message:
      'The storage folder cannot be changed while a training, export, import or download is running or waiting, or while models are served to other programs.',
    hint: 'Wait for the end or stop it, then try again. Nothing was changed.'
  },
  STORAGE_INSIDE: {
    message: '{place} and the present storage folder lie inside each other.',
    hint: 'Choose another folder.'
  },
  STORAGE_NO_ROOM: {
    message:
      'There is not enough room at {place}: the move needs {needed} GB, {free} GB are free. Nothing was written.',
    hint: 'Make room or choose another disk.'
  },
  STORAGE_OLD_CHANGED: {
    message: '{file} in the old place was written after the move. Nothing was deleted.',
    hint: 'See whether another Neiro still uses the old place. If you do not need it, delete it in your file manager.'
  },
  COPY_DIFFERS: {
    message:
      '{file} reads back differently from what was written. The move was given up; the old place is as it was.',
    hint: 'The disk you chose may be failing. Choose another one.'
  },
  STORE_IN_USE: {
    message: 'While something is being downloaded, the place of the models cannot be changed or emptied.',
    hint: 'Wait for the end or pause it, then try again.'
  },
  STORE_INSIDE: {
    message: '{place} and the present place of the models lie inside each other.',
    hint: 'Choose another folder.'
  },
  UNKNOWN_MODELS_WORD: {
    message: 'neiro models knows no “{word}”.',
    hint: 'Write one of these: {known}.'
  },
  MODELS_NAME_MISSING: {
    message: 'neiro models {word} needs the name of a model.',
    hint: 'Write it as owner/name.'
  },
  // models and trainings
  NO_MODEL_CHOSEN: { message: 'No model has been chosen yet.', hint: 'Choose one on the Model page.' },
  MODEL_GONE: {
    message: 'The model of this project is not on the list.',
    hint: 'Choose another on the Model page, or add its folder again.'
  },
  MODEL_NOT_READABLE: {
    message: '{file} cannot be read ({reason}). The folder was not changed.',
    hint: 'Check that its drive is connected and that you have permission to read it, then check again.'
  },
  MODEL_BY_CHOICE: {
    message:
      'In a browser, a model cannot be added by dropping it, because the browser does not say where it is.',
    hint: 'Use the button “Choose a model folder” or “Choose a GGUF file”.'
  },
  NO_EXAMPLES_YET: {
    message: 'There is nothing to learn from yet.',
    hint: 'Add files with questions and answers on the Data page.'
  },
  RUN_GONE: {
    message: 'This run is no longer where it was; its folder seems to have been moved or deleted.',
    hint: 'If you moved it, put it back.'
  },
  ENGINE_DIED: {
    message:
      'The process that does the calculations ended unexpectedly ({how}). Everything you saved is safe.',
    hint: 'Try again. A new process will be started.'
  },
  // results
  RUN_NOT_READY: {
    message: 'This run has no result yet.',
    hint: 'Let it finish, or use “End here and compare”.'
  },
  NO_BALLOT: {
    message: 'This is no ballot of this evaluation.',
    hint: 'Choose the saved file of a ballot that was written here.'
  },
  NOTHING_MADE: {
    message: 'Nothing could be made in the ways that were chosen.',
    hint: 'Choose other ways as well, or a larger share.'
  },
  NO_PREFERENCES: {
    message: 'The votes prefer no answer yet: no ballot is filled in, or opinions are even everywhere.',
    hint: 'Fill in a ballot under “Blind vote”, then save again.'
  },
  VOTE_NOT_READY: {
    message: 'There are no answers to vote on yet.',
    hint: 'Vote once both models have answered under “Read side by side”.'
  },
  VOTE_ALL_SAME: {
    message: 'Both models gave the same answers, word for word: there is nothing to vote on.',
    hint: 'Let them answer more questions, or train for longer and compare again.'
  },
  NO_PDF_BROWSER: {
    message: 'There is no browser on this PC that could make the PDF.',
    hint: 'Save it as HTML, open that in a browser, and print it to PDF. Where Edge, Chrome or Chromium is installed, it is made here.'
  },
  PDF_FAILED: {
    message: 'The PDF could not be made.',
    hint: 'Save it as HTML, open that in a browser, and print it to PDF.'
  },
  REPORT_NEEDS_RUN: {
    message: 'A report is made of the evaluation of a run.',
    hint: 'Give --run, without --data and --adapter.'
  },
  BAD_TRY: {
    message: '“{text}” is no setting to try.',
    hint: 'Give the name of a setting and its values, as in --try lora-rank=8,16.'
  },
  TOO_MANY_TRIALS: {
    message: 'There are too many combinations (at most {most} at once).',
    hint: 'Try fewer values.'
  },
  NOTHING_TO_TRY: {
    message: 'There is only one combination to try.',
    hint: 'Give two or more values.',
    command: 'Give two or more values to --try.'
  },
  SWEEP_GOES_ON: {
    message: 'Settings are being compared in this project already.',
    hint: 'Wait until that has ended, or stop it first.'
  },
  BAD_COUNT: {
    message: '{flag} takes a whole number from 1 to {most}.',
    hint: 'Give a number in this range.'
  },
  NO_PASSAGES: {
    message:
      'There is nothing to look things up in: neither examples that this run has learnt, nor text in the files that you named.',
    hint: 'Choose documents that hold text, or leave this candidate out.'
  },
  NO_HELD_OUT: {
    message: 'No questions were held out in this run, so there is nothing to compare.',
    hint: 'Try it under “Chat”, or train again with a share held out.'
  },
  EXPORT_CUT_OFF: {
    message:
      'The last export was not finished, because Neiro ended in the middle of it. What it had left was cleared away.',
    hint: 'Export once more. Nothing has to be trained again.'
  },
  EXPORT_CANCELLED: {
    message: 'The export was cancelled; nothing unfinished was kept.',
    hint: 'You can export again at any time.'
  },
  // trainings on other machines
  NO_SUCH_PLACE: {
    message: '{place} is no place to train at that Neiro knows.',
    hint: 'Write it like {example}.'
  },
  POLICY_BROKEN: {
    message: "The office's policy file {file} cannot be read, so nothing is asked of or sent to anywhere.",
    hint: 'Ask the administrator to look at it (it is JSON).'
  },
  // new versions of Neiro
  UPDATE_ADDRESS: {
    message: 'The address for new versions, {address}, is none that can be used.',
    hint: "It begins with https:// and stands in the office's policy file or in the installer: ask the administrator."
  },
  UPDATE_UNREACHABLE: {
    message: 'Whether there is a new version could not be found out at {address} ({reason}).',
    hint: 'Look at the network and try again later. This version goes on as it is.'
  },
  UPDATE_UNSIGNED: {
    message: "What lies at {address} is not signed by Neiro's makers. It was left alone.",
    hint: 'Do not install it by other means; tell the administrator.'
  },
  UPDATE_BROKEN: {
    message:
      'The new version did not arrive whole, or was changed on its way ({reason}). It was thrown away.',
    hint: 'Download it again. This version goes on as it is.'
  },
  UPDATE_WHILE_BUSY: {
    message: 'Something is still being trained, read, written or fetched.',
    hint: 'Wait for it or stop it, then install the new version. What was downloaded stays.'
  },
  UPDATE_NOT_INSTALLED: {
    message: 'The new version could not be installed ({reason}).',
    hint: 'This version is still there. Try again, or ask the administrator: the right to install programs may be missing.'
  },
  ELSEWHERE_FORBIDDEN: {
    message: 'The office lets nothing go to {place} ({file}).',
    hint: 'Do it on this PC, or ask the administrator.'
  },
  UNMASKED_FORBIDDEN: {
    message:
      'The office does not allow sending examples with personal data in them ({rows} of them; {file}).',
    hint: 'Mask it in the check-up of the data room, then try again (on the command line: neiro data FILE --check --repair personal-data --save NEW).'
  },
  CONSENT_NEEDED: {
    message: 'Nobody is there to agree. Nothing was sent.',
    hint: 'If what is shown above may be sent, add --send.'
  },
  METHOD_NOT_ELSEWHERE: {
    message: 'Training by {method} is not possible elsewhere yet.',
    hint: 'Train on this PC, or choose another method, such as dpo.'
  },
  SETTING_NOT_ELSEWHERE: {
    message: 'With this value of {name}, a training elsewhere would not be the same.',
    hint: 'Set {name} back to its default, or train on this PC.'
  },
  PAIR_NOT_ELSEWHERE: {
    message: 'One of the pairs of answers cannot be learnt in the same way elsewhere.',
    hint: 'Train on this PC.'
  },
  GGUF_NOT_ELSEWHERE: {
    message: 'A model in GGUF form ({model}) cannot be used elsewhere.',
    hint: 'Choose a folder of the same model with safetensors files.'
  },
  MODEL_TOO_LARGE_TO_SEND: {
    message: 'The base model ({model}) is too large to be sent along.',
    hint: 'Say where the same model lies there, or its name on Hugging Face (on the command line: --model-there).'
  },
  PLACE_BY_HAND: {
    message: 'There is nobody to speak with at {place}.',
    hint: 'A training that was written into a folder is run by hand; its result is taken back afterwards (on the command line: neiro take-back).'
  },
  PLACE_UNREACHABLE: {
    message: '{place} cannot be reached ({reason}).',
    hint: 'Look at the network, and whether it is switched on there. A training may go on there, and answers that came are kept: resume or go on later (on the command line: neiro tune --resume, or the same command again).'
  },
  PLACE_TOO_SMALL: {
    message:
      'The head of the Ray cluster at {place} has {free} of memory free: too little to hand out {needed}. Nothing was sent.',
    hint: 'Lay the base model into a folder that every machine there sees and say which, or say its name on Hugging Face (on the command line: --model-there): its weights are then not sent. Or free memory there.'
  },
  PLACE_FULL: {
    message:
      'At {place} there is room for {free} where it would be laid; {needed} are needed. Nothing stays there.',
    hint: 'Make room there, or say another folder. If the base model lies there already, say where (on the command line: --model-there): its weights are then not sent.'
  },
  PLACE_REFUSED: {
    message: '{place} refused ({reason}).',
    hint: 'Check the address and your rights there. Nothing is lost.'
  },
  HOST_KEY_CHANGED: {
    message: 'The key of {host} ({fingerprint}) is not the one that it had before. Nothing was sent.',
    hint: 'It may be another machine, or somebody between. Ask its administrator, then put known_hosts right.'
  },
  HOST_UNKNOWN: {
    message: '{host} was never connected to before (its key is {fingerprint}).',
    hint: 'Run ssh -p {port} {user}@{host} once in a terminal, check the key, and try again.'
  },
  FAILED_ELSEWHERE: {
    message: 'The training failed there ({reason}).',
    hint: 'Put right what was wrong; neiro tune --resume goes on from the last checkpoint.'
  },
  LOST_ELSEWHERE: {
    message: 'The training there is gone before it ended ({reason}).',
    hint: 'neiro tune --resume goes on from the last checkpoint that came home.'
  },
  RESULT_NOT_WHOLE: {
    message: '{file} of the result is missing or damaged.',
    hint: 'Copy the whole folder again.'
  },
  NOT_THIS_RUN: {
    message: '{dir} does not belong to this run ({run}).',
    hint: 'Name a folder that this Neiro wrote, with nothing changed in it.'
  },
  NO_RESULT_YET: {
    message: 'There is no result in {dir} yet (step {step} so far).',
    hint: 'Take it back when the training has ended.'
  },
  NO_TRAINING_FOLDER: {
    message: '{dir} is no training that Neiro wrote.',
    hint: 'Choose one that was written with “A folder, run by hand” (on the command line: neiro tune --on folder:…).'
  },
  OTHER_THAN_AGREED: {
    message: 'What was about to be sent ({dir}) is not what was agreed to. Nothing was sent.',
    hint: 'Begin a new training, and look at what would leave again.'
  },
  CLOUD_KEY_NEEDED: {
    message: 'There is no API key for {place}. Nothing was sent.',
    hint: 'Keep one in Settings, under “Keys of services”; on the command line, put it into the environment variable {name}.'
  },
  CLOUD_KEY_REFUSED: {
    message: '{place} does not accept the API key ({reason}).',
    hint: 'Check the key, its end and its rights, put it in again in Settings, then resume or go on. A training that was begun there goes on, and answers that came are kept.'
  },
  CLOUD_NO_CREDIT: {
    message: 'There is not enough credit or quota at {place} ({reason}).',
    hint: 'Look at billing and quota there, then resume or go on. Files that were sent are there, and answers that came are kept.'
  },
  CLOUD_NOT_FOUND: {
    message: '{place} does not have what was asked for ({reason}).',
    hint: 'Check the name of the model (or of its deployment), the endpoint and the API version. Which models can be fine-tuned differs by service and region.'
  },
  CLOUD_REFUSED: {
    message: '{place} refused ({reason}).',
    hint: 'Put right what the reason says, then begin a new training, or resume.'
  },
  CLOUD_FILE_REFUSED: {
    message: '{place} refused the file as too large ({reason}).',
    hint: 'Begin a new training with fewer examples.'
  },
  CLOUD_CONTENT_REFUSED: {
    message: '{place} refused because of what stands in the examples ({reason}).',
    hint: 'Begin a new training without the examples that its rules may be against. On this PC all of them can be learnt.'
  },
  CLOUD_FAILED: {
    message: 'The training at {place} failed ({reason}).',
    hint: 'Put right what it says and resume: a new training begins there with the files that were sent (it may be charged anew).'
  },
  CLOUD_CANCELLED: {
    message: 'The training at {place} was cancelled. It left no model on the way.',
    hint: 'Resume begins a new training there with the files that were sent (it may be charged anew).'
  },
  CLOUD_NO_MODEL: {
    message: 'The training at {place} has ended, but the name of its model was not told.',
    hint: 'Look at the pages of the service. Resume asks again.'
  },
  CLOUD_MODEL_NEEDED: {
    message: 'Which model is the base at {place} was not said.',
    hint: 'Give the name of a model of that service (on the command line: --model-there, such as gpt-4.1-mini-2025-04-14).'
  },
  CLOUD_NO_START: {
    message: 'A training at {place} cannot go on from what was learnt on this PC.',
    hint: 'Choose to begin with the base model, or train on this PC.'
  },
  CLOUD_TOO_FEW: {
    message:
      '{place} takes no training of fewer than {least} examples (there are {examples}). Nothing was sent.',
    hint: 'Add examples, hold out a smaller share, or train on this PC.'
  },
  CLOUD_FILE_TOO_LARGE: {
    message: 'The file of examples ({size}) is larger than {place} takes ({most}). Nothing was sent.',
    hint: 'Use fewer examples, or train on this PC or another machine.'
  },
  CLOUD_ONLY_CONVERSATIONS: {
    message:
      'What is no question with an answer ({examples} of them) cannot be learnt by this service. Nothing was sent.',
    hint: 'Train on this PC to go on with documents, or use data of questions and answers.'
  },
  UNMASKED_NOT_SAID: {
    message: 'Something like personal data is in {rows} of the texts. Nothing was sent.',
    hint: 'The check-up of the data masks it (on the command line: neiro data FILE --check --repair personal-data --save NEW). If it may be sent as it is, say so where you agree (on the command line: --unmasked).'
  },
  RESULT_IS_REMOTE: {
    message: 'The model that came of this run ({model}) is at {place}, not on this PC.',
    hint: 'Its answers are compared, and it is talked to, in Compare (on the command line: neiro eval, neiro chat). Only what came home to this PC can be exported.'
  },
  NOT_A_PRICE: {
    message: '{value} is no price.',
    hint: 'Write what a million tokens cost, in figures, such as --price 5.'
  },
  PLACE_BUSY: {
    message: '{place} is busy (it asks to wait {seconds} seconds).',
    hint: 'Try again in a while.'
  },
  CLOUD_DEPLOYMENT_NEEDED: {
    message: 'At Azure the model ({model}) answers only when it is deployed.',
    hint: 'Deploy it in the Azure portal, then give the name of the deployment in Compare (on the command line: --deployment).'
  },
  QUESTION_REFUSED: {
    message: '{place} does not answer this because of what stands in it ({reason}).',
    hint: 'Ask in other words. What was answered is kept.'
  },
  ASKED_OTHERWISE: {
    message: 'The questions to be asked are no longer the ones that you agreed to. Nothing was sent.',
    hint: 'Begin once more: you are shown what would leave now.'
  },
  NO_MODEL_THERE: {
    message: 'No run here has a model at that service.',
    hint: 'Choose a run that a service has trained to its end.'
  },
  NO_GENERAL_AT_SERVICE: {
    message:
      'Whether something was forgotten is not measured with a model at a service: that takes probabilities, which it does not give.',
    hint: 'Compare its answers alone (on the command line: without --general).'
  },
  SERVICE_NOT_SPOKEN: {
    message: 'Neiro cannot train at {place} yet: it has an API of its own, other than that of OpenAI.',
    hint: 'Use openai or azure, or ray, ssh or folder.'
  },
  FLAG_NEEDS: {
    message: '{name} goes together with {other}.',
    hint: 'Add {other}, or leave {name} out.'
  }
} as const satisfies Readonly<Record<keyof typeof ja.errors, Sentence>>

/** Notices of a run: lines of metrics.jsonl. */
export const notices = {
  MEMORY_RECOMPUTED: {
    message: 'Memory ran short, so intermediate results are now recomputed.',
    hint: 'The result stays the same. It is a little slower.'
  },
  MEMORY_SAVED: {
    message: 'Memory ran short, so {batch} are now read at a time.',
    hint: 'Each update combines {steps} passes, so the result is the same; it may take a little longer.'
  },
  TRAINER_DIED: {
    message: 'The training process ended unexpectedly ({how}).',
    hint: 'Everything up to the last save is kept, and you can resume from there. If it happens again, try closing other apps.'
  },
  NOT_FINITE: {
    message: 'A value could not be computed in step {step}, so that update was undone.',
    hint: 'Everything before it is safe. If it keeps happening, lower the learning rate.'
  },
  TOO_FAR: {
    message:
      'Training stopped: answers had moved too far from how the model answered before (distance {divergence}, limit {limit}). Marks may have risen while the language suffered.',
    hint: 'What is kept is the state with the best held-out marks (before any check, the last one). Read its answers; to go on, raise the price of moving away or lower the learning rate.'
  },
  EARLY_STOP: {
    message: 'It stopped by itself: {waited} checks in a row brought no improvement.',
    hint: 'The best state, from step {bestStep}, is kept.'
  },
  OVERFITTING: {
    message:
      'It may be starting to learn by heart, called over-fitting (held-out loss {loss}, at its best {best}).',
    hint: 'The best state, from step {bestStep}, is kept. If it continues, use more examples or fewer epochs.'
  },
  DIVERGENCE: {
    message: 'The loss jumped up (now {loss}, at its lowest {lowest}).',
    hint: 'If it continues, end the training and halve the learning rate.'
  },
  NOTHING_LEARNT: {
    message: 'Nothing seems to have been learnt yet (loss {before}, now {after}).',
    hint: 'Raise the learning rate, use more epochs, or check the examples.'
  },
  PRUNED: {
    message: '{zeros} of the {weights} weights of the linear layers were set to zero ({share} %).',
    hint: 'Loss on the held-out part: {before} before, {after} right after. They stay zero while training heals the rest.'
  },
  PRUNED_ONLY: {
    message: '{zeros} of the {weights} weights of the linear layers were set to zero ({share} %).',
    hint: 'What that costs was not measured, because nothing is held out. Raise the held-out ratio to see it.'
  },
  RESUMED: {
    message: 'Resumed from step {step}.',
    hint: 'It is the same training, carried on from where it was saved.'
  },
  CHECKPOINT_TORN: {
    message: 'The checkpoint {checkpoint} was damaged and is not used.',
    hint: 'Training continues from the one before. It only went back a little, and the result is the same.'
  },
  OTHER_INSTRUCTIONS: {
    message: 'Training continues on a different kind of processor or GPU ({before} before, now {now}).',
    hint: 'Training goes on as usual, but the last digits may differ slightly from what the first PC would have given.'
  },
  PAUSED: { message: 'Paused.', hint: 'You can resume at any time.' },
  INTERRUPTED: { message: 'The app was closed, and training was saved.', hint: 'You can resume from here.' },
  STOPPED: { message: 'Training was ended.', hint: 'The best state so far is kept as the result.' },
  PLACE_UNREACHABLE: {
    message: '{place} cannot be reached ({reason}). It is tried again until it can.',
    hint: 'The training may go on there.'
  },
  PLACE_BUSY: {
    message: '{place} is busy: it is tried again in {seconds} seconds.',
    hint: 'Please wait.'
  },
  CLOUD_QUEUED: {
    message: 'It waits at {place} for its turn.',
    hint: 'That may take hours. It goes on there when Neiro is closed.'
  },
  CLOUD_SENT_AGAIN: {
    message: 'It was cut off on its way and {file} did not arrive, so it is sent again.',
    hint: 'It is the same file. Nothing is left there of the first try.'
  },
  CLOUD_SAYS: {
    message: '{place} says: {reason}',
    hint: 'The training goes on.'
  },
  CLOUD_NO_PAUSE: {
    message: '{place} cannot pause this training ({reason}). It goes on there.',
    hint: 'Resume (neiro tune --resume) shows it again. To end it there: “Cancel it there” (neiro tune --resume RUN --end).'
  },
  CLOUD_ENDED_EARLY: {
    message:
      'It was cancelled. The model of step {step}, which was kept there, is the result (it had come to step {last}).',
    hint: 'A later one has not always learnt more: look at the held-out loss.'
  },
  PLACE_REACHED: {
    message: 'It can be reached again.',
    hint: 'What happened meanwhile is read.'
  }
} as const satisfies Readonly<Record<keyof typeof ja.notices, Sentence>>
