import asyncio
x = 1
print(x = = 2)
print("never")
