"""`python -m tools.picture`: draws all stacks, their resources, references and state keys.

Its modules:

    synthesized  what a project has synthesized
    system       all stacks and the arrows, which both pictures show
    stack        the boxes of one
    states       where a stack keeps its state
    references   what an expression refers to
    names        what resources are called
    mermaid      the picture for a page; alike: what it draws together
    page         the page
    svg          the picture as a file
    layout       where in it all stands
    boxes        how large it is
    lettering    how wide text is
"""
