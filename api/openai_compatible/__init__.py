"""The door for clients of the OpenAI API: chat applications, libraries, command lines."""
